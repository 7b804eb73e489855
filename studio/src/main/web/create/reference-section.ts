import { LitElement, css, html } from 'lit';
import '../components/segmented.ts';
import '../components/slider.ts';
import './reference-slot.ts';
import './upload-dialog.ts';
import './uploads-dialog.ts';
import type { OvSegmented } from '../components/segmented.ts';
import type { OvSlider } from '../components/slider.ts';
import { controls } from '../components/controls.ts';
import { jobTypes } from '../base/job-types.ts';
import { Watch } from '../base/store.ts';
import type { Reference, ReferenceType } from '../base/types.ts';
import { draft, type Slot } from './draft.ts';
import { pictureOf } from './upload.ts';

const WAYS = { style: 'Style', composition: 'Composition', character: 'Character' };

/** The pictures that a job starts from: a reference of some type and strength, or a video's first and last frame. */
export class OvReferenceSection extends LitElement {
  static override properties = { file: { state: true }, slotOfFile: { state: true }, picking: { state: true } };

  private file: File | undefined;
  private slotOfFile: Slot = 'reference';
  private picking: Slot | undefined;
  protected readonly watch = new Watch(this, draft, jobTypes);
  private readonly pasted = (event: ClipboardEvent) => {
    const picture = pictureOf(event.clipboardData);
    if (picture && !this.file) {
      event.preventDefault();
      this.ask(this.freeSlot(), picture);
    }
  };
  private readonly over = (event: DragEvent) => event.preventDefault();
  private readonly dropped = (event: DragEvent) => {
    event.preventDefault(); // else the browser leaves the page for the picture
    const picture = pictureOf(event.dataTransfer);
    if (picture && !this.file) {
      this.ask(this.freeSlot(), picture);
    }
  };

  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('paste', this.pasted);
    document.addEventListener('dragover', this.over);
    document.addEventListener('drop', this.dropped);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('paste', this.pasted);
    document.removeEventListener('dragover', this.over);
    document.removeEventListener('drop', this.dropped);
  }

  protected override render() {
    return html`${draft.slots().map(
        (slot) =>
          html`<ov-reference-slot
            .slotName=${slot}
            @file=${(event: CustomEvent<File>) => this.ask(slot, event.detail)}
            @pick=${() => (this.picking = slot)}
          ></ov-reference-slot>`,
      )}
      ${draft.chosen().length ? this.influence() : ''}
      <ov-upload-dialog .file=${this.file} @uploaded=${this.uploaded} @close=${() => (this.file = undefined)}>
      </ov-upload-dialog>
      <ov-uploads-dialog .open=${this.picking !== undefined} @picked=${this.picked} @close=${() => (this.picking = undefined)}>
      </ov-uploads-dialog>`;
  }

  private influence() {
    const uses = draft.type?.references ?? [];
    const way = draft.slots().includes('reference') ? draft.fields.referenceType : draft.chosen()[0]?.[0];
    const use = uses.find((each) => each.id === way);
    return html`${draft.slots().includes('reference')
        ? html`<ov-segmented
            label="Reference type"
            .choices=${uses.map((each) => ({ value: each.id, label: WAYS[each.id as ReferenceType] }))}
            .value=${draft.fields.referenceType}
            @change=${this.typeChosen}
          ></ov-segmented>`
        : ''}
      <ov-slider
        label="Strength"
        .value=${draft.fields.strength}
        .from=${use?.strength_from ?? 0}
        .to=${use?.strength_to ?? 1}
        @input=${(event: Event) => draft.set({ strength: (event.target as OvSlider).value })}
      ></ov-slider>`;
  }

  private typeChosen(event: Event): void {
    draft.set({ referenceType: (event.target as OvSegmented).value as ReferenceType });
  }

  private freeSlot(): Slot {
    const slots = draft.slots();
    return slots.find((slot) => !draft.fields.pictures[slot]) ?? slots[0] ?? 'reference';
  }

  private ask(slot: Slot, file: File): void {
    this.slotOfFile = slot;
    this.file = file;
  }

  private uploaded(event: CustomEvent<Reference>): void {
    this.take(this.slotOfFile, event.detail);
    this.file = undefined;
  }

  private picked(event: CustomEvent<Reference>): void {
    this.take(this.picking ?? 'reference', event.detail);
    this.picking = undefined;
  }

  private take(slot: Slot, reference: Reference): void {
    draft.setPicture(slot, { url: reference.url, thumbnail: reference.thumbnail_url });
  }
}

customElements.define('ov-reference-section', OvReferenceSection);
