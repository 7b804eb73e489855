import { LitElement, css, html } from 'lit';
import '../components/dialog.ts';
import './sign-in-form.ts';
import { session } from '../base/session.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import { base, buttons } from '../components/controls.ts';

/** The first page of someone who is not signed in. */
export class OvSignIn extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100dvh;
        padding: var(--space-4);
        background: radial-gradient(60rem 30rem at 50% -10%, var(--accent-wash), transparent);
      }
      main {
        display: grid;
        gap: var(--space-5);
        width: min(24rem, 100%);
        padding: var(--space-6) var(--space-5);
        border: 1px solid var(--line);
        border-radius: var(--radius-3);
        background: var(--surface-1);
        box-shadow: var(--shadow-2);
      }
      h1 {
        font-size: var(--size-6);
        letter-spacing: -0.02em;
        line-height: 1.1;
      }
      .lead {
        margin-top: var(--space-2);
        color: var(--text-soft);
      }
      .hint {
        padding-top: var(--space-4);
        border-top: 1px solid var(--line);
        color: var(--text-faint);
        font-size: var(--size-2);
      }
    `,
  ];

  protected override render() {
    return html`<main>
      <div>
        <h1>OurVidz</h1>
        <p class="lead">Pictures and videos from your words, on your own machine.</p>
      </div>
      <ov-sign-in-form></ov-sign-in-form>
      <p class="hint">Did you start the platform? Then open the sign-in link that it printed; it needs no password.</p>
    </main>`;
  }
}

/** Asks for a new sign-in over whatever is on the page, when the session has ended. Nothing of the page is lost. */
export class OvSignInDialog extends LitElement {
  protected readonly watch = new Watch(this, session);

  static override styles = [
    base,
    buttons,
    css`
      .why {
        margin-bottom: var(--space-4);
        color: var(--text-soft);
      }
    `,
  ];

  protected override render() {
    return html`<ov-dialog heading="Sign in again" .open=${session.expired} @close=${() => session.dismiss()}>
      <p class="why">Your session has ended. Everything on the page stays as it is.</p>
      ${session.expired ? html`<ov-sign-in-form></ov-sign-in-form>` : ''}
      <div slot="footer">
        <button class="button quiet" @click=${this.elsewhere}>I signed in by a link in another tab</button>
      </div>
    </ov-dialog>`;
  }

  private async elsewhere(): Promise<void> {
    if (!(await session.signedInElsewhere())) {
      toasts.show({ text: 'There is no new session yet.', advice: 'Open the sign-in link first.' });
    }
  }
}

customElements.define('ov-sign-in', OvSignIn);
customElements.define('ov-sign-in-dialog', OvSignInDialog);
