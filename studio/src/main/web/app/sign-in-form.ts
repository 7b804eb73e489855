import { LitElement, css, html } from 'lit';
import { ApiError, asApiError } from '../base/api.ts';
import { session } from '../base/session.ts';
import { controls } from '../components/controls.ts';

/** Name and password. Once signed in, the session tells everyone. */
export class OvSignInForm extends LitElement {
  static override properties = { error: { state: true }, busy: { state: true } };

  private error: ApiError | undefined;
  private busy = false;

  static override styles = [
    controls,
    css`
      form {
        display: grid;
        gap: var(--space-4);
      }
      .problem {
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render() {
    return html`<form @submit=${this.submit}>
      <label class="field">
        <span class="label">Name</span>
        <input name="name" autocomplete="username" required autocapitalize="none" .value=${session.current?.user ?? ''} />
      </label>
      <label class="field">
        <span class="label">Password</span>
        <input name="password" type="password" autocomplete="current-password" required />
      </label>
      <p class="problem" role="alert" ?hidden=${!this.error}>${this.error?.message} ${this.error?.suggestedAction}</p>
      <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Signing in …' : 'Sign in'}</button>
    </form>`;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.busy = true;
    this.error = undefined;
    try {
      await session.signIn(String(form.get('name')).trim(), String(form.get('password')));
    } catch (e) {
      this.error = asApiError(e);
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('ov-sign-in-form', OvSignInForm);
