import { LitElement, html } from 'lit';
import { asApiError, post, type ApiError } from '../base/api.ts';
import { session } from '../base/session.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import { controls } from '../components/controls.ts';
import { panels } from '../components/sections.ts';

/** Sets the first password, or changes it. */
export class OvPassword extends LitElement {
  static override properties = { error: { state: true }, busy: { state: true }, shown: { state: true } };

  protected readonly watch = new Watch(this, session);
  private error: ApiError | undefined;
  private busy = false;
  private shown = false;

  static override styles = [controls, panels];

  protected override render() {
    const known = session.current?.has_password ?? false;
    return html`<section class="panel" aria-labelledby="heading">
      <div>
        <h2 id="heading">${known ? 'Change your password' : 'Set a password'}</h2>
        <p class="about">
          ${known ? '' : 'So far you sign in with a link or a token; with a password you can sign in on any device. '}
          Afterwards you are signed out everywhere else, and earlier tokens end.
        </p>
      </div>
      <form class="narrow" @submit=${this.submit}>
        <input type="text" name="username" autocomplete="username" hidden .value=${session.current?.user ?? ''} />
        ${known
          ? html`<label class="field">
              <span class="label">Current password</span>
              <input name="current" type=${this.type()} autocomplete="current-password" required />
            </label>`
          : ''}
        <div class="field"><label class="field">
          <span class="label">New password</span>
          <input name="replacement" type=${this.type()} autocomplete="new-password" required minlength="8" maxlength="72" aria-describedby="rule" /></label>
          <span class="hint" id="rule">At least 8 characters. A few words that you can remember are best.</span>
        </div>
        <label class="check">
          <input type="checkbox" .checked=${this.shown} @change=${() => (this.shown = !this.shown)} />Show what I type
        </label>
        <p class="problem" role="alert" ?hidden=${!this.error}>${this.error?.message} ${this.error?.suggestedAction}</p>
        <div>
          <button class="button primary" ?disabled=${this.busy}>${known ? 'Change the password' : 'Set the password'}</button>
        </div>
      </form>
    </section>`;
  }

  private type(): string {
    return this.shown ? 'text' : 'password';
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = new FormData(form);
    this.busy = true;
    this.error = undefined;
    try {
      await post('/api/session/password', {
        current_password: given.get('current') ?? undefined,
        new_password: given.get('replacement'),
      });
      form.reset();
      this.shown = false;
      await session.refresh();
      toasts.show({ text: 'Your password is set. You are signed out everywhere else.' });
    } catch (e) {
      this.error = asApiError(e);
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('ov-password', OvPassword);
