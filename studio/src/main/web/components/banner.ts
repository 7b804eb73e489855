import { LitElement, css, html } from 'lit';
import { base } from './controls.ts';
import { icon } from './icon.ts';

/** A line across a view that says how things stand; `tone` is `info`, `warn` or `bad`. */
export class OvBanner extends LitElement {
  static override properties = { tone: { reflect: true } };

  tone: 'info' | 'warn' | 'bad' = 'info';

  static override styles = [
    base,
    css`
      div {
        display: flex;
        align-items: flex-start;
        gap: var(--space-3);
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-2);
        background: var(--surface-2);
        font-size: var(--size-2);
      }
      .icon {
        flex: none;
        color: var(--text-soft);
      }
      :host([tone='warn']) div {
        border-color: color-mix(in srgb, var(--warn) 40%, transparent);
        background: var(--warn-wash);
      }
      :host([tone='bad']) div {
        border-color: color-mix(in srgb, var(--bad) 45%, transparent);
        background: var(--bad-wash);
      }
      :host([tone='warn']) .icon {
        color: var(--warn);
      }
      :host([tone='bad']) .icon {
        color: var(--bad);
      }
    `,
  ];

  protected override render() {
    return html`<div role="status">${icon(this.tone === 'info' ? 'info' : 'warning')}<span><slot></slot></span></div>`;
  }
}

customElements.define('ov-banner', OvBanner);
