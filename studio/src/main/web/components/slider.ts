import { LitElement, css, html } from 'lit';
import { base } from './controls.ts';
import { cssVars } from './css-vars.ts';

/** A slider from 0 to 1 whose recommended part is marked. Fires `input`; read `value`. */
export class OvSlider extends LitElement {
  static override properties = {
    value: { type: Number },
    label: {},
    from: { type: Number },
    to: { type: Number },
  };

  value = 0.5;
  label = '';
  /** The recommended range. */
  from = 0;
  to = 1;

  static override styles = [
    base,
    css`
      label,
      .row {
        display: flex;
        justify-content: space-between;
        gap: var(--space-2);
        color: var(--text-soft);
        font-size: var(--size-2);
        font-weight: 550;
      }
      output {
        color: var(--text);
        font-variant-numeric: tabular-nums;
      }
      .track {
        position: relative;
        display: grid;
        align-items: center;
        height: 2rem;
        --usable: calc(100% - 1.25rem);
      }
      .track::before,
      .recommended {
        content: '';
        position: absolute;
        height: 6px;
        border-radius: var(--radius-round);
      }
      .track::before {
        inset-inline: 0;
        background: var(--surface-3);
      }
      .recommended {
        left: calc(0.625rem + var(--usable) * var(--from));
        width: calc(var(--usable) * (var(--to) - var(--from)));
        background: var(--accent);
        opacity: 0.55;
      }
      input {
        position: relative;
        width: 100%;
        height: 100%;
        margin: 0;
        background: transparent;
        appearance: none;
        cursor: pointer;
      }
      input:focus-visible {
        outline: none;
      }
      input::-webkit-slider-thumb {
        width: 1.25rem;
        height: 1.25rem;
        border: 3px solid var(--surface-1);
        border-radius: 50%;
        background: var(--text);
        appearance: none;
      }
      input::-moz-range-thumb {
        width: 0.9rem;
        height: 0.9rem;
        border: 3px solid var(--surface-1);
        border-radius: 50%;
        background: var(--text);
      }
      input:focus-visible::-webkit-slider-thumb {
        outline: 2px solid var(--focus);
      }
      input:focus-visible::-moz-range-thumb {
        outline: 2px solid var(--focus);
      }
      .hint {
        color: var(--text-faint);
        font-size: var(--size-1);
      }
    `,
  ];

  protected override render() {
    const outside = this.value < this.from || this.value > this.to;
    return html`<label for="range"><span>${this.label}</span><output>${this.value.toFixed(2)}</output></label>
      <div class="track" ${cssVars({ '--from': String(this.from), '--to': String(this.to) })}>
        <span class="recommended"></span>
        <input
          id="range"
          type="range"
          min="0"
          max="1"
          step="0.05"
          aria-describedby="hint"
          .value=${String(this.value)}
          @input=${this.moved}
        />
      </div>
      <p class="hint" id="hint">
        Recommended: ${this.from.toFixed(1)} to ${this.to.toFixed(1)}${outside ? '; this is outside of it.' : '.'}
      </p>`;
  }

  private moved(event: Event): void {
    this.value = Number((event.target as HTMLInputElement).value);
  }
}

customElements.define('ov-slider', OvSlider);
