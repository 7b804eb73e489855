import { LitElement, css, html } from 'lit';
import '../components/secret.ts';
import { ApiError, asApiError, post } from '../base/api.ts';
import { moment } from '../base/format.ts';
import { toasts } from '../base/toasts.ts';
import type { OwnToken } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { panels } from '../components/sections.ts';

/** Tokens for programs. The platform keeps none of them, so one is ended by who has it. */
export class OvTokens extends LitElement {
  static override properties = { made: { state: true }, busy: { state: true }, error: { state: true } };

  private made: OwnToken | undefined;
  private busy = false;
  private error: ApiError | undefined;

  static override styles = [
    controls,
    panels,
    css`
      pre {
        margin: 0;
        padding: var(--space-3);
        border-radius: var(--radius-2);
        background: var(--surface-0);
        font-size: var(--size-2);
        white-space: pre-wrap;
      }
      summary {
        width: fit-content;
        border-radius: var(--radius-1);
        color: var(--text-soft);
        font-size: var(--size-2);
        font-weight: 550;
        cursor: pointer;
      }
      details form {
        margin-top: var(--space-3);
      }
    `,
  ];

  protected override render() {
    return html`<section class="panel" aria-labelledby="heading">
      <header>
        <div>
          <h2 id="heading">Tokens</h2>
          <p class="about">
            A program that works for you shows a token instead of a password. Whoever has it can do all that you can, so make one for
            each program. The platform keeps no copy and has no list of them.
          </p>
        </div>
        <button class="button" ?disabled=${this.busy} @click=${this.make}>${icon('plus', 18)}Make a token</button>
      </header>
      ${this.made ? this.shown(this.made) : ''}
      <details>
        <summary>End one token</summary>
        <form class="narrow" @submit=${this.end}>
          <div class="field"><label class="field">
            <span class="label">The token</span>
            <input name="token" class="mono" autocomplete="off" spellcheck="false" required aria-describedby="ends" /></label>
            <span class="hint" id="ends">It counts no more from this moment. The others stay as they are.</span>
          </div>
          <p class="problem" role="alert" ?hidden=${!this.error}>${this.error?.message} ${this.error?.suggestedAction}</p>
          <div><button class="button danger">End this token</button></div>
        </form>
      </details>
    </section>`;
  }

  private shown(made: OwnToken) {
    return html`<div class="stack" role="group" aria-label="The new token">
      <div><ov-secret label="Your new token" .value=${made.token}></ov-secret></div>
      <p class="about">It counts until ${moment(made.expires_at)}. Try it:</p>
      <pre class="mono">curl ${location.origin}/api/session -H "Authorization: Bearer $TOKEN"</pre>
      <div><button class="button small" @click=${() => (this.made = undefined)}>Done</button></div>
    </div>`;
  }

  private async make(): Promise<void> {
    this.busy = true;
    try {
      this.made = await post<OwnToken>('/api/tokens');
    } catch (e) {
      toasts.failure(asApiError(e), 'No token was made');
    } finally {
      this.busy = false;
    }
  }

  /** Asked with the token itself, and without the session of this browser. */
  private async end(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const token = String(new FormData(form).get('token')).trim();
    this.error = undefined;
    try {
      await endToken(token);
      form.reset();
      toasts.show({ text: 'The token has ended.' });
    } catch (e) {
      this.error = asApiError(e);
    }
  }
}

async function endToken(token: string): Promise<void> {
  const known = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
  const answer = known
    ? await fetch('/api/session', {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${token}` },
        credentials: 'omit',
      })
    : undefined;
  if (!answer?.ok) {
    throw new ApiError('This is no token that counts.', answer?.status ?? 0, 'It may have ended already; check that it is whole.', false);
  }
}

customElements.define('ov-tokens', OvTokens);
