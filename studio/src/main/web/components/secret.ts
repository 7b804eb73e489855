import { LitElement, css, html } from 'lit';
import { announce } from '../base/toasts.ts';
import { controls } from './controls.ts';
import { icon } from './icon.ts';

/** Something that is shown once and never again, with a button that copies it. */
export class OvSecret extends LitElement {
  static override properties = { value: {}, label: {}, copied: { state: true } };

  value = '';
  label = '';
  private copied = false;

  static override styles = [
    controls,
    css`
      .line {
        display: flex;
        gap: var(--space-2);
      }
      .line input:read-only {
        font-family: var(--font-mono);
      }
    `,
  ];

  protected override render() {
    return html`<label class="field">
        <span class="label">${this.label}</span>
        <span class="line">
          <input readonly .value=${this.value} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
          <button class="button" type="button" @click=${this.copy}>
            ${icon(this.copied ? 'check' : 'copy', 18)}${this.copied ? 'Copied' : 'Copy'}
          </button>
        </span>
      </label>
      <p class="hint">It is shown this once. Keep it where you keep passwords.</p>`;
  }

  /** Pages that come without encryption have no clipboard; the selection is copied there. */
  private async copy(): Promise<void> {
    const input = this.renderRoot.querySelector('input');
    try {
      await navigator.clipboard.writeText(this.value);
    } catch {
      input?.select();
      document.execCommand('copy');
    }
    this.copied = true;
    announce('Copied.');
    setTimeout(() => (this.copied = false), 3_000);
  }
}

customElements.define('ov-secret', OvSecret);
