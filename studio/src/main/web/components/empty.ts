import { LitElement, css, html } from 'lit';
import { base } from './controls.ts';
import { icon, type IconName } from './icon.ts';

/** What a view shows while there is nothing to show: a heading, a sentence in the slot, and perhaps a button. */
export class OvEmpty extends LitElement {
  static override properties = { icon: {}, heading: {} };

  icon: IconName = 'image';
  heading = '';

  static override styles = [
    base,
    css`
      div {
        display: grid;
        justify-items: center;
        gap: var(--space-3);
        padding: var(--space-7) var(--space-4);
        color: var(--text-soft);
        text-align: center;
      }
      .mark {
        display: grid;
        place-items: center;
        width: 4rem;
        height: 4rem;
        border-radius: 50%;
        background: var(--surface-2);
        color: var(--text-faint);
      }
      h2 {
        color: var(--text);
        font-size: var(--size-4);
        font-weight: 650;
      }
      .text {
        max-width: 34rem;
        font-size: var(--size-3);
      }
    `,
  ];

  protected override render() {
    return html`<div>
      <span class="mark">${icon(this.icon, 28)}</span>
      <h2>${this.heading}</h2>
      <span class="text"><slot></slot></span>
    </div>`;
  }
}

customElements.define('ov-empty', OvEmpty);
