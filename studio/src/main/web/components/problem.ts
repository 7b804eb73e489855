import { LitElement, css, html } from 'lit';
import type { ApiError } from '../base/api.ts';
import './banner.ts';
import { buttons, base } from './controls.ts';

/** What failed, in the platform's words, what to do, and a button to try again, which fires `retry`. Nothing without an error. */
export class OvProblem extends LitElement {
  static override properties = { error: { attribute: false }, what: {} };

  error: ApiError | undefined;
  /** What was being done, for instance "The users cannot be shown". */
  what = '';

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: contents;
      }
      span {
        overflow-wrap: anywhere;
      }
      .button {
        margin-top: var(--space-2);
      }
    `,
  ];

  protected override render() {
    if (!this.error) {
      return '';
    }
    return html`<ov-banner tone="bad">
      <span>${this.what ? html`<strong>${this.what}.</strong> ` : ''}${this.error.message} ${this.error.suggestedAction}</span>
      <div>
        <button class="button small" @click=${() => this.dispatchEvent(new Event('retry'))}>Try again</button>
      </div>
    </ov-banner>`;
  }
}

customElements.define('ov-problem', OvProblem);
