import { LitElement, css, html } from 'lit';
import './password-form.ts';
import './tokens-panel.ts';
import { asApiError, del } from '../base/api.ts';
import { session } from '../base/session.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import { confirmed } from '../components/confirm.ts';
import { controls } from '../components/controls.ts';
import { panels } from '../components/sections.ts';

/** How the user signs in: password, tokens for programs, and out again. */
export class OvSecurity extends LitElement {
  protected readonly watch = new Watch(this, session);

  static override styles = [
    controls,
    panels,
    css`
      strong {
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render() {
    return html`<ov-password></ov-password>
      <ov-tokens></ov-tokens>
      <section class="panel" aria-labelledby="out">
        <div>
          <h2 id="out">Sign out</h2>
          <p class="about">
            You are signed in as <strong>${session.current?.user}</strong>. Signing out everywhere else ends all other browsers and
            every token that you have made; only this browser stays signed in.
          </p>
        </div>
        <div class="actions">
          <button class="button" @click=${() => session.signOut()}>Sign out</button>
          <button class="button danger" @click=${this.endAll}>Sign out everywhere else</button>
        </div>
      </section>`;
  }

  private async endAll(): Promise<void> {
    const yes = await confirmed({
      heading: 'Sign out everywhere else?',
      text: 'All other browsers are signed out, and programs that use your tokens stop working until they get new ones.',
      action: 'Sign out everywhere else',
    });
    if (!yes) {
      return;
    }
    try {
      await del('/api/tokens');
      toasts.show({ text: 'You are signed out everywhere else. Earlier tokens have ended.' });
    } catch (e) {
      toasts.failure(asApiError(e), 'Signing out failed');
    }
  }
}

customElements.define('ov-security', OvSecurity);
