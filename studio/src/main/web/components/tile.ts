import { LitElement, css, html, nothing } from 'lit';
import { base, buttons } from './controls.ts';
import { cssVars } from './css-vars.ts';
import { icon } from './icon.ts';

/**
 * A picture or video in a grid: its thumbnail, marks over it, and slotted `actions` that show when it is pointed at or holds the focus.
 * A click or Enter on the picture fires `open`.
 */
export class OvTile extends LitElement {
  static override properties = {
    src: {},
    full: {},
    alt: {},
    ratio: { type: Number },
    video: { type: Boolean },
    favourite: { type: Boolean },
  };

  /** The thumbnail, 256 pixels wide. */
  src = '';
  /** The picture itself, for tiles that are larger than that. */
  full = '';
  /** The prompt. */
  alt = '';
  /** Width by height. */
  ratio = 1;
  video = false;
  favourite = false;

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
      }
      figure {
        position: relative;
        overflow: hidden;
        border-radius: var(--radius-2);
        background: var(--surface-2);
        aspect-ratio: var(--ratio);
      }
      .open {
        display: block;
        width: 100%;
        height: 100%;
        padding: 0;
        border: 0;
        background: none;
        cursor: zoom-in;
      }
      .open:focus-visible {
        outline-offset: -3px;
      }
      img {
        display: block;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .marks {
        position: absolute;
        inset: var(--space-2) auto auto var(--space-2);
        display: flex;
        gap: var(--space-1);
        pointer-events: none;
      }
      .mark {
        display: grid;
        place-items: center;
        width: 1.75rem;
        height: 1.75rem;
        border-radius: 50%;
        background: var(--over);
        color: var(--on-over);
      }
      .actions {
        position: absolute;
        inset: auto 0 0;
        display: flex;
        justify-content: flex-end;
        gap: var(--space-1);
        padding: var(--space-5) var(--space-2) var(--space-2);
        background: linear-gradient(transparent, var(--over));
        opacity: 0;
        transition: opacity var(--quick);
      }
      figure:hover .actions,
      figure:focus-within .actions {
        opacity: 1;
      }
      @media (hover: none) {
        .actions {
          opacity: 1;
        }
      }
    `,
  ];

  protected override render() {
    return html`<figure ${cssVars({ '--ratio': String(this.ratio) })}>
      <button class="open" aria-label=${`Open: ${this.alt}`} @click=${() => this.dispatchEvent(new Event('open'))}>
        ${this.src ? html`<img
              src=${this.src}
              srcset=${this.full ? `${this.src} 256w, ${this.full} 1024w` : nothing}
              sizes="(width < 48rem) 50vw, 20rem"
              alt=${this.alt}
              loading="lazy"
              decoding="async"
            />` : ''}
      </button>
      <span class="marks">
        ${this.video ? html`<span class="mark">${icon('play', 16)}</span>` : ''}
        ${this.favourite ? html`<span class="mark">${icon('heartFull', 16)}</span>` : ''}
      </span>
      <span class="actions"><slot name="actions"></slot></span>
    </figure>`;
  }
}

customElements.define('ov-tile', OvTile);
