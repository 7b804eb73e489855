import { LitElement, css, html } from 'lit';
import { base } from '../components/controls.ts';
import { cssVars } from '../components/css-vars.ts';

/** The place of a picture that is not there yet: its preview, how far it is, and what is being done. */
export class OvPendingTile extends LitElement {
  static override properties = {
    ratio: { type: Number },
    headline: {},
    detail: {},
    preview: {},
    progress: { type: Number },
  };

  ratio = 1;
  headline = '';
  detail = '';
  /** The address of a small picture. */
  preview = '';
  /** 0 to 100; negative while it waits. */
  progress = -1;

  static override styles = [
    base,
    css`
      figure {
        position: relative;
        display: grid;
        align-items: end;
        overflow: hidden;
        aspect-ratio: var(--ratio);
        border-radius: var(--radius-2);
        background: linear-gradient(100deg, var(--surface-2) 40%, var(--surface-3) 50%, var(--surface-2) 60%) 0 0 / 300%;
        animation: shimmer 2.4s linear infinite;
      }
      @keyframes shimmer {
        from {
          background-position: 100% 0;
        }
        to {
          background-position: 0 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        figure {
          animation: none;
        }
      }
      img {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        object-fit: cover;
        filter: blur(1px);
      }
      figcaption {
        position: relative;
        display: grid;
        gap: var(--space-1);
        padding: var(--space-5) var(--space-3) var(--space-3);
        background: linear-gradient(transparent, color-mix(in srgb, var(--surface-0) 88%, transparent) 45%);
        font-size: var(--size-2);
        line-height: 1.35;
      }
      strong {
        font-weight: 600;
      }
      .detail {
        color: var(--text-soft);
        font-size: var(--size-1);
      }
      .bar {
        height: 4px;
        border-radius: var(--radius-round);
        background: var(--surface-3);
        overflow: hidden;
      }
      .bar span {
        display: block;
        width: calc(var(--done) * 1%);
        height: 100%;
        border-radius: inherit;
        background: var(--accent);
        transition: width var(--slow) linear;
      }
    `,
  ];

  protected override render() {
    return html`<figure ${cssVars({ '--ratio': String(this.ratio) })}>
      ${this.preview ? html`<img src=${this.preview} alt="" />` : ''}
      <figcaption>
        <strong>${this.headline}</strong>
        ${this.detail ? html`<span class="detail">${this.detail}</span>` : ''}
        ${this.progress >= 0
          ? html`<span
              class="bar"
              role="progressbar"
              aria-label="Progress"
              aria-valuenow=${this.progress}
              aria-valuemin="0"
              aria-valuemax="100"
            >
              <span ${cssVars({ '--done': String(this.progress) })}></span>
            </span>`
          : ''}
      </figcaption>
    </figure>`;
  }
}

customElements.define('ov-pending-tile', OvPendingTile);
