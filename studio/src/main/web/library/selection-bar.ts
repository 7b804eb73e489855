import { LitElement, css, html } from 'lit';
import { assets } from '../base/assets.ts';
import { deleteAssets } from '../base/deletions.ts';
import { Watch } from '../base/store.ts';
import type { Asset } from '../base/types.ts';
import { base, buttons } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { isFavourite, prefer } from './favourites.ts';
import { MOST_IN_ZIP } from './selection.ts';

/** What can be done with everything that is ticked. Fires `clear`. */
export class OvSelectionBar extends LitElement {
  static override properties = { chosen: { attribute: false } };

  chosen: Asset[] = [];
  protected readonly watch = new Watch(this, assets);

  static override styles = [
    base,
    buttons,
    css`
      [role='toolbar'] {
        position: fixed;
        z-index: 20;
        bottom: calc(var(--space-5) + var(--bottom-bar, 0px) + env(safe-area-inset-bottom));
        left: 50%;
        display: flex;
        align-items: center;
        gap: var(--space-1);
        max-width: calc(100vw - 1rem);
        padding: var(--space-2);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-3);
        background: var(--surface-2);
        box-shadow: var(--shadow-2);
        transform: translateX(-50%);
        animation: come var(--calm) var(--ease);
      }
      .count {
        padding-inline: var(--space-2) var(--space-3);
        font-size: var(--size-2);
        font-variant-numeric: tabular-nums;
        font-weight: 600;
        white-space: nowrap;
      }
      @keyframes come {
        from {
          opacity: 0;
          transform: translate(-50%, 0.75rem);
        }
      }
      @media (width < 48rem) {
        .word {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        .button {
          padding: 0 var(--space-3);
        }
        .count {
          padding-inline-end: 0;
        }
        [role='toolbar'] {
          bottom: calc(var(--space-2) + var(--bottom-bar, 0px) + env(safe-area-inset-bottom));
        }
      }
    `,
  ];

  protected override render() {
    const { chosen } = this;
    if (chosen.length === 0) {
      return '';
    }
    const favourite = !chosen.every(isFavourite);
    return html`<div role="toolbar" aria-label="What is selected">
      <span class="count" role="status">${chosen.length} selected</span>
      ${this.download(chosen.map(({ id }) => id))}
      <button class="button quiet" @click=${() => prefer(chosen, favourite)}>
        ${icon(favourite ? 'heart' : 'heartFull', 18)}<span class="word">${favourite ? 'Favourite' : 'Not a favourite'}</span>
      </button>
      <button class="button quiet danger" @click=${this.drop}>
        ${icon('trash', 18)}<span class="word">Delete</span>
      </button>
      <button class="icon-button quiet" aria-label="Clear the selection" @click=${this.clear}>
        ${icon('close', 18)}
      </button>
    </div>`;
  }

  private download(ids: string[]) {
    const label = html`${icon('download', 18)}<span class="word">Download ZIP</span>`;
    return ids.length > MOST_IN_ZIP
      ? html`<button class="button quiet" disabled title=${`A ZIP takes at most ${MOST_IN_ZIP}.`}>${label}</button>`
      : html`<a class="button quiet" href=${`/api/assets/zip?ids=${ids.join(',')}`} download>${label}</a>`;
  }

  private drop(): void {
    deleteAssets(this.chosen.map(({ id }) => id));
    this.clear();
  }

  private clear(): void {
    this.dispatchEvent(new Event('clear'));
  }
}

customElements.define('ov-selection-bar', OvSelectionBar);
