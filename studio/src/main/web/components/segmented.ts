import { LitElement, css, html } from 'lit';
import { base } from './controls.ts';

export interface Choice {
  value: string;
  label: string;
}

/** One of a few choices, side by side: radio buttons. Fires `change`; read `value`. */
export class OvSegmented extends LitElement {
  static override properties = { choices: { attribute: false }, value: {}, label: {} };

  choices: Choice[] = [];
  value = '';
  label = '';

  static override styles = [
    base,
    css`
      fieldset {
        display: flex;
        gap: 2px;
        padding: 3px;
        border: 1px solid var(--line);
        border-radius: var(--radius-2);
        background: var(--surface-0);
      }
      label {
        position: relative;
        display: grid;
        flex: 1 1 0;
        place-items: center;
        min-height: calc(var(--control) - 8px);
        padding: 0 var(--space-2);
        border-radius: calc(var(--radius-2) - 3px);
        color: var(--text-soft);
        font-size: var(--size-2);
        font-weight: 550;
        white-space: nowrap;
        cursor: pointer;
        transition: background var(--quick);
      }
      label:hover {
        color: var(--text);
      }
      label:has(:checked) {
        background: var(--surface-3);
        color: var(--text);
      }
      label:has(:focus-visible) {
        outline: 2px solid var(--focus);
        outline-offset: 1px;
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
    `,
  ];

  protected override render() {
    return html`<fieldset>
      <legend class="unseen">${this.label}</legend>
      ${this.choices.map(
        (choice) =>
          html`<label>
            <input
              type="radio"
              name="choice"
              .checked=${choice.value === this.value}
              @change=${() => this.choose(choice.value)}
            />${choice.label}
          </label>`,
      )}
    </fieldset>`;
  }

  private choose(value: string): void {
    this.value = value;
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }
}

customElements.define('ov-segmented', OvSegmented);
