import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { assets } from '../base/assets.ts';
import { day, duration } from '../base/format.ts';
import { Watch } from '../base/store.ts';
import type { Asset } from '../base/types.ts';
import { base } from '../components/controls.ts';
import { cssVars } from '../components/css-vars.ts';
import { icon } from '../components/icon.ts';
import { isFavourite } from './favourites.ts';
import { libraryAddress } from './filters.ts';
import { GridLayout } from './grid-layout.ts';
import { gridStyles } from './grid-styles.ts';
import type { Listing } from './listing.ts';
import type { Selection } from './selection.ts';

/** Rows beyond the window that are there before they are seen. */
const AHEAD = 3;
/** Scrolling that has come to rest for so long may fetch. */
const REST_MILLIS = 90;

/**
 * The tiles of the library. Only the rows in the window exist, whatever the length of the list. One tile is in the order of tabs, arrow
 * keys walk. Fires `open` (the place) for the tile that is opened, and `top` (a time) when other rows come to the top.
 */
export class OvLibraryGrid extends LitElement {
  static override properties = { listing: { attribute: false }, selection: { attribute: false } };

  listing!: Listing;
  selection!: Selection;
  protected readonly watch = new Watch(this, assets);
  private layout = new GridLayout(0, 0, 0);
  private first = 0;
  private last = 0;
  /** The place that the Tab key reaches. */
  active = 0;
  private rushing = false;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private pictured = new Set<string>();
  private frame = 0;
  /** What is at the top, and where in the grid. */
  private anchor: { id: string; y: number } | undefined;
  private readonly sized = new ResizeObserver(() => this.requestUpdate());
  private readonly scrolled = () => {
    this.frame ||= requestAnimationFrame(() => this.follow());
  };

  static override styles = [base, gridStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    this.sized.observe(this);
    addEventListener('scroll', this.scrolled, { passive: true });
    addEventListener('resize', this.scrolled, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sized.disconnect();
    removeEventListener('scroll', this.scrolled);
    removeEventListener('resize', this.scrolled);
    cancelAnimationFrame(this.frame);
    clearTimeout(this.rest);
  }

  /** Puts the focus on a place, or on the last one that had it, and brings it into the window. */
  async focusPlace(place: number): Promise<void> {
    this.active = Math.min(place < 0 ? this.active : place, this.listing.count - 1);
    this.reveal(this.active);
    this.measure();
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-place='${this.active}']`)?.focus({ preventScroll: true });
  }

  /** Scrolls as little as it takes to see a place. */
  reveal(place: number): void {
    const top = this.getBoundingClientRect().top + this.layout.top(this.layout.rowOf(place));
    const above = top - this.covered();
    const below = top + this.layout.cell - innerHeight + 72;
    if (above < 0 || below > 0) {
      scrollBy({ top: above < 0 ? above : below, behavior: 'instant' });
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('listing')) {
      this.active = 0;
      this.anchor = undefined;
    }
    this.layout = new GridLayout(this.clientWidth, this.listing.freshCount, this.listing.count);
    this.keepPlace();
    this.measure();
  }

  protected override updated(): void {
    this.rested();
  }

  protected override render(): TemplateResult {
    const { layout } = this;
    const rows = Array.from({ length: this.last - this.first + 1 }, (_, index) => this.first + index);
    const activeRow = layout.rowOf(this.active);
    if (this.focused() && activeRow < layout.rows) {
      rows.push(...(rows.includes(activeRow) ? [] : [activeRow])); // what has the focus does not go away
    }
    rows.sort((a, b) => a - b);
    const pictured = new Set<string>();
    const drawn = html`<div
      class="grid ${this.selection.size ? 'picking' : ''}"
      role="grid"
      aria-label="Everything made, newest first"
      aria-multiselectable="true"
      aria-rowcount=${layout.rows}
      aria-colcount=${layout.columns}
      ${cssVars({
        '--height': `${layout.height}px`,
        '--columns': String(layout.columns),
        '--gap': `${layout.gap}px`,
        '--cell': `${layout.cell}px`,
        '--heading': `${GridLayout.HEADING}px`,
      })}
      @keydown=${this.pressed}
    >
      ${layout.headings.map(
        (y, index) =>
          html`<span class="heading" role="presentation" ${cssVars({ '--y': `${y}px` })}>
            ${index === 0 ? 'Just made' : 'Before'}
          </span>`,
      )}
      ${layout.rows === 0 ? '' : repeat(rows, (row) => row, (row) => this.row(row, pictured))}
    </div>`;
    this.pictured = pictured;
    return drawn;
  }

  private row(row: number, pictured: Set<string>): TemplateResult {
    const [from, to] = this.layout.placesOf(row);
    const places = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
    return html`<div
      class="row"
      role="row"
      aria-rowindex=${row + 1}
      ${cssVars({ '--y': `${this.layout.top(row)}px` })}
    >
      ${places.map((place) => this.cell(place, this.listing.at(place), pictured))}
    </div>`;
  }

  private cell(place: number, asset: Asset | undefined, pictured: Set<string>): TemplateResult {
    if (!asset) {
      return html`<div class="cell" role="gridcell" aria-busy="true"><span class="unseen">Loading</span></div>`;
    }
    // While someone rushes by, only what was there already has its picture.
    const picture = asset.thumbnail_url && (!this.rushing || this.pictured.has(asset.id));
    if (picture) {
      pictured.add(asset.id);
    }
    const selected = this.selection.has(asset.id);
    return html`<div class="cell" role="gridcell" aria-selected=${selected}>
      <a
        class="tile"
        href=${libraryAddress(this.listing.filters, asset.id)}
        tabindex=${place === this.active ? 0 : -1}
        data-place=${place}
        title=${asset.prompt}
        @click=${(event: MouseEvent) => this.clicked(event, asset, place)}
        @focus=${() => this.activate(place)}
      >
        ${picture
          ? html`<img src=${asset.thumbnail_url ?? nothing} alt=${asset.prompt} decoding="async" draggable="false" />`
          : html`<span class="unseen">${asset.prompt}</span>`}
      </a>
      <span class="marks">
        ${isFavourite(asset) ? html`<span class="mark">${icon('heartFull', 14)}<span class="unseen">Favourite</span></span>` : ''}
        ${asset.kind === 'video'
          ? html`<span class="mark">${icon('play', 14)}${duration(asset.duration ?? 0)}</span>`
          : ''}
      </span>
      <label class="pick">
        <input
          type="checkbox"
          tabindex="-1"
          aria-label=${`Select: ${asset.prompt}`}
          .checked=${selected}
          @click=${(event: MouseEvent) => this.picked(event, asset, place)}
        />
      </label>
    </div>`;
  }

  private clicked(event: MouseEvent, asset: Asset, place: number): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return; // the browser's own: another tab
    }
    event.preventDefault();
    if (event.shiftKey || this.selection.size) {
      this.pick(event.shiftKey, asset, place);
    } else {
      this.dispatchEvent(new CustomEvent<number>('open', { detail: place }));
    }
  }

  private picked(event: MouseEvent, asset: Asset, place: number): void {
    this.activate(place);
    this.pick(event.shiftKey, asset, place);
  }

  private pick(range: boolean, asset: Asset, place: number): void {
    if (range) {
      void this.selection.extend(this.listing, place);
    } else {
      this.selection.toggle(asset, place);
    }
  }

  private activate(place: number): void {
    if (place !== this.active) {
      this.active = place;
      this.requestUpdate();
    }
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const asset = this.listing.at(this.active);
    const to = this.destination(event.key);
    if (to !== undefined) {
      event.preventDefault();
      void this.walk(to, event.shiftKey);
    } else if (event.key === ' ' && asset && !(event.composedPath()[0] instanceof HTMLInputElement)) {
      event.preventDefault();
      this.selection.toggle(asset, this.active);
    } else if (event.key === 'Escape' && this.selection.size) {
      this.selection.clear();
    } else if (event.key === 'Delete' && asset) {
      this.dispatchEvent(new CustomEvent<Asset>('remove', { detail: asset }));
    }
  }

  private async walk(to: number, selecting: boolean): Promise<void> {
    const place = Math.min(Math.max(0, to), this.listing.count - 1);
    await this.listing.need(place, place);
    await this.focusPlace(place);
    if (selecting) {
      await this.selection.extend(this.listing, place);
    }
  }

  private destination(key: string): number | undefined {
    const page = Math.max(1, Math.floor((innerHeight - this.covered()) / this.layout.cell)) * this.layout.columns;
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: this.layout.columns,
      ArrowUp: -this.layout.columns,
      PageDown: page,
      PageUp: -page,
      Home: -this.active,
      End: this.listing.count,
    };
    const step = steps[key];
    return step === undefined ? undefined : this.active + step;
  }

  /** Which rows are in the window. */
  private measure(): boolean {
    const top = -this.getBoundingClientRect().top;
    const first = Math.max(0, this.layout.rowAt(top) - AHEAD);
    const last = Math.min(Math.max(0, this.layout.rows - 1), this.layout.rowAt(top + innerHeight) + AHEAD);
    const moved = first !== this.first || last !== this.last;
    if (moved) {
      this.rushing = Math.abs(first - this.first) > last - first;
      this.first = first;
      this.last = last;
    }
    this.drop(top + this.covered());
    return moved;
  }

  /** Remembers what is at the top, unless that is the beginning of everything. */
  private drop(top: number): void {
    const row = this.layout.rowAt(top);
    const id = top > this.layout.cell ? this.listing.at(this.layout.placesOf(row)[0])?.id : undefined;
    this.anchor = id === undefined ? undefined : { id, y: this.layout.top(row) };
  }

  private follow(): void {
    this.frame = 0;
    if (this.measure()) {
      this.requestUpdate();
    }
  }

  /** Once the scrolling rests: reads the pages that are looked at, draws what was left out, and says where it is. */
  private rested(): void {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      const [from] = this.layout.placesOf(this.first);
      const [, to] = this.layout.placesOf(this.last);
      void this.listing.need(from, Math.max(from, to - 1));
      if (this.rushing) {
        this.rushing = false;
        this.requestUpdate();
      }
      const seen = this.layout.placesOf(this.layout.rowAt(this.covered() - this.getBoundingClientRect().top))[0];
      const when = seen ? this.listing.when(seen) : undefined;
      this.dispatchEvent(new CustomEvent<string>('top', { detail: when ? day(when) : '' }));
    }, REST_MILLIS);
  }

  /** What is looked at stays where it is when fresh ones come in front of it, or when the rows become others. */
  private keepPlace(): void {
    const place = this.anchor ? this.listing.placeOf(this.anchor.id) : -1;
    const moved = place < 0 ? 0 : this.layout.top(this.layout.rowOf(place)) - (this.anchor?.y ?? 0);
    if (Math.abs(moved) > 1) {
      // The page has to be long enough before it can be scrolled so far.
      this.renderRoot.querySelector<HTMLElement>('.grid')?.style.setProperty('--height', `${this.layout.height}px`);
      scrollBy({ top: moved, behavior: 'instant' });
    }
  }

  /** What the bars above cover of the window. */
  private covered(): number {
    return 120;
  }

  private focused(): boolean {
    return (this.renderRoot as ShadowRoot).activeElement !== null;
  }
}

customElements.define('ov-library-grid', OvLibraryGrid);
