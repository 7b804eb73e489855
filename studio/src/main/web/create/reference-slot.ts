import { LitElement, css, html } from 'lit';
import '../components/menu.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { Watch } from '../base/store.ts';
import { draft, type Slot } from './draft.ts';
import { ACCEPTED, pictureOf } from './upload.ts';

const LABELS: Record<Slot, string> = { reference: 'Reference', start: 'Start frame', end: 'End frame' };

/**
 * A place for a picture: dropped, chosen, or picked from earlier uploads. Fires `file` (a CustomEvent of the File) for a new one and
 * `pick` to choose among the uploads.
 */
export class OvReferenceSlot extends LitElement {
  static override properties = { slotName: { attribute: false }, over: { state: true }, broken: { state: true } };

  slotName: Slot = 'reference';
  private over = false;
  private broken = '';
  protected readonly watch = new Watch(this, draft);

  static override styles = [
    controls,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .place {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 4.5rem;
        padding: var(--space-2);
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius-2);
        transition: background var(--quick);
      }
      .place.over {
        border-color: var(--accent);
        background: var(--accent-wash);
      }
      .place.full {
        border-style: solid;
        border-color: var(--line);
        background: var(--surface-2);
      }
      .picture {
        display: grid;
        place-items: center;
        width: 3.5rem;
        height: 3.5rem;
        border-radius: var(--radius-1);
        background: var(--surface-3);
        object-fit: cover;
        flex: none;
        color: var(--text-faint);
      }
      .words {
        flex: 1;
        min-width: 0;
        display: grid;
        gap: 2px;
        font-size: var(--size-2);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
      }
      .actions .button {
        padding: 0 var(--space-2);
        min-height: 1.75rem;
        font-size: var(--size-1);
      }
      input[type='file'] {
        display: none;
      }
    `,
  ];

  protected override render() {
    const label = LABELS[this.slotName];
    const chosen = draft.fields.pictures[this.slotName];
    return html`<div
      class="place ${this.over ? 'over' : ''} ${chosen ? 'full' : ''}"
      role="group"
      aria-label=${label}
      @dragover=${this.dragged}
      @dragleave=${() => (this.over = false)}
      @drop=${this.dropped}
    >
      ${chosen && this.broken !== chosen.thumbnail
        ? html`<img
            class="picture"
            src=${chosen.thumbnail}
            alt=${label}
            @error=${() => (this.broken = chosen.thumbnail)}
          />`
        : html`<span class="picture">${icon('image', 22)}</span>`}
      <div class="words">
        <strong>${label}</strong>
        ${chosen
          ? html`<span class="actions">
              <button class="button small" @click=${this.browse}>Replace</button>
              <button class="button small quiet" @click=${() => draft.setPicture(this.slotName, undefined)}>
                Remove
              </button>
            </span>`
          : html`<span class="hint">Drop or paste a picture, or</span>
              <span class="actions">
                <button class="button small" @click=${this.browse}>${icon('upload', 14)}Choose a file</button>
                <button class="button small" @click=${() => this.dispatchEvent(new Event('pick'))}>
                  ${icon('library', 14)}From uploads
                </button>
              </span>`}
      </div>
      <input type="file" accept=${ACCEPTED} aria-label=${`${label}: file`} @change=${this.selected} />
    </div>`;
  }

  private browse(): void {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  }

  private dragged(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.over = true;
  }

  private dropped(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.over = false;
    this.give(pictureOf(event.dataTransfer));
  }

  private selected(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.give(input.files?.[0]);
    input.value = '';
  }

  private give(file: File | undefined): void {
    if (file) {
      this.dispatchEvent(new CustomEvent('file', { detail: file }));
    }
  }
}

customElements.define('ov-reference-slot', OvReferenceSlot);
