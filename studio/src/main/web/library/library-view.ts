import { LitElement, css, html, type TemplateResult } from 'lit';
import '../components/banner.ts';
import '../components/empty.ts';
import './filter-bar.ts';
import './grid.ts';
import './lightbox.ts';
import './selection-bar.ts';
import './storage-line.ts';
import { get } from '../base/api.ts';
import { deleteAssets } from '../base/deletions.ts';
import { jobs } from '../base/jobs.ts';
import { router } from '../base/router.ts';
import { addShortcuts } from '../base/shortcuts.ts';
import { Watch } from '../base/store.ts';
import type { Asset } from '../base/types.ts';
import { base, buttons } from '../components/controls.ts';
import type { OvFilterBar } from './filter-bar.ts';
import { isFiltered, libraryAddress, readFilters, type Filters } from './filters.ts';
import type { OvLibraryGrid } from './grid.ts';
import { Listing } from './listing.ts';
import { Selection } from './selection.ts';

/** Everything made, newest first. The address says what is filtered, and which asset is large: `/library/ID?kind=video`. */
export class OvLibrary extends LitElement {
  static override properties = { when: { state: true } };

  protected readonly watch = new Watch(this, router);
  private readonly selection = new Selection();
  private listing: Listing | undefined;
  private when = '';
  /** Whether a step back leads from the large asset to the list. */
  private stepped = false;
  /** What was large when the page was last drawn. */
  private large = '';
  /** Where the focus was in the grid before that; nowhere when the page began with the large asset. */
  private left: number | undefined;
  /** What was looked for in the list. */
  private sought = '';
  private removeShortcuts: () => void = () => undefined;
  private readonly redraw = () => this.requestUpdate();
  private readonly refresh = () => void this.listing?.refresh().catch(() => undefined);

  static override styles = [
    base,
    buttons,
    css`
      .view {
        padding: var(--space-4) var(--space-4) calc(var(--space-7) * 2);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--space-1) var(--space-4);
      }
      h1 {
        font-size: var(--size-5);
        letter-spacing: -0.02em;
      }
      ov-filter-bar {
        position: sticky;
        z-index: 5;
        top: var(--bar);
        display: block;
        margin-inline: calc(-1 * var(--space-4));
        padding-inline: var(--space-4);
        background: var(--surface-0);
      }
      ov-library-grid {
        margin-top: var(--space-2);
      }
      @media (width < 48rem) {
        .view {
          padding: var(--space-3) var(--space-3) calc(var(--space-7) * 2);
        }
        ov-filter-bar {
          margin-inline: calc(-1 * var(--space-3));
          padding-inline: var(--space-3);
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.selection.addEventListener('change', this.redraw);
    jobs.addEventListener('ended', this.refresh);
    this.removeShortcuts = addShortcuts('Library', [
      { keys: '/', does: 'Search', run: () => this.renderRoot.querySelector<OvFilterBar>('ov-filter-bar')?.search() },
      { keys: 'arrows', does: 'Walk through the tiles' },
      { keys: 'space', does: 'Select a tile; with Shift and arrows, several' },
      { keys: 'delete', does: 'Delete the tile' },
      { keys: 'i', does: 'Show or hide the details of what is open' },
      { keys: 'f', does: 'Mark what is open as favourite' },
    ]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.selection.removeEventListener('change', this.redraw);
    jobs.removeEventListener('ended', this.refresh);
    this.removeShortcuts();
    this.listing?.removeEventListener('change', this.redraw);
    this.listing?.stop();
    this.listing = undefined;
  }

  protected override willUpdate(): void {
    const filters = readFilters(router.query);
    if (this.isConnected && libraryAddress(filters) !== (this.listing && libraryAddress(this.listing.filters))) {
      this.list(filters);
    }
    const id = this.opened();
    if (id && this.listing?.state === 'ready' && this.listing.placeOf(id) < 0) {
      void this.locate(id);
    }
  }

  /** The grid is told by its properties what it shows, and here that it has changed. */
  protected override updated(): void {
    const grid = this.grid();
    grid?.requestUpdate();
    const opened = this.opened();
    if (opened && !this.large) {
      this.left = grid?.active;
    }
    const stayed = this.left === undefined || grid?.active === this.left; // else a key has gone elsewhere already
    if (this.large && !opened && stayed) {
      void grid?.focusPlace(this.listing?.placeOf(this.large) ?? -1);
    }
    this.large = opened;
  }

  protected override render(): TemplateResult {
    const { listing } = this;
    const id = this.opened();
    return html`<div class="view">
        <header>
          <h1>Library</h1>
          <ov-storage-line></ov-storage-line>
        </header>
        ${listing
          ? html`<ov-filter-bar .filters=${listing.filters} .when=${this.when} @filters=${this.filter}></ov-filter-bar>`
          : ''}
        ${listing && this.content(listing)}
      </div>
      <ov-selection-bar
        .chosen=${this.selection.all()}
        @clear=${() => this.selection.clear()}
      ></ov-selection-bar>
      ${id && listing
        ? html`<ov-lightbox
            .assetId=${id}
            .ids=${listing.around(listing.placeOf(id))}
            .place=${listing.placeOf(id)}
            .of=${listing.count}
            @move=${this.moved}
            @close=${this.closed}
          ></ov-lightbox>`
        : ''}`;
  }

  private content(listing: Listing): TemplateResult | string {
    if (listing.state === 'loading') {
      return html`<p class="unseen" role="status">Loading</p>`;
    }
    if (listing.state === 'failed') {
      return html`<ov-empty icon="warning" heading="The library cannot be shown">
        ${listing.error?.message} ${listing.error?.suggestedAction}
        <p><button class="button" @click=${() => void listing.open()}>Try again</button></p>
      </ov-empty>`;
    }
    if (listing.count === 0) {
      return this.nothing(listing);
    }
    return html`${listing.error
        ? html`<ov-banner tone="bad">${listing.error.message} ${listing.error.suggestedAction}</ov-banner>`
        : ''}
      <ov-library-grid
        .listing=${listing}
        .selection=${this.selection}
        @open=${(event: CustomEvent<number>) => this.open(listing.at(event.detail))}
        @remove=${(event: CustomEvent<Asset>) => deleteAssets([event.detail.id])}
        @top=${(event: CustomEvent<string>) => (this.when = event.detail)}
      ></ov-library-grid>`;
  }

  private nothing(listing: Listing): TemplateResult {
    return isFiltered(listing.filters)
      ? html`<ov-empty icon="search" heading="Nothing matches">
          Nothing that you made is like this.
          <p><button class="button" @click=${() => router.go('/library')}>Show everything</button></p>
        </ov-empty>`
      : html`<ov-empty icon="image" heading="Nothing here yet">
          Everything that you make is kept here, until you delete it.
          <p><a class="button primary" href="/">Make the first picture</a></p>
        </ov-empty>`;
  }

  private list(filters: Filters): void {
    const scrolled = this.listing !== undefined;
    this.listing?.removeEventListener('change', this.redraw);
    this.listing?.stop();
    this.selection.clear();
    this.when = '';
    this.listing = new Listing(filters);
    this.listing.addEventListener('change', this.redraw);
    this.listing.start();
    if (scrolled) {
      scrollTo({ top: 0, behavior: 'instant' });
    }
  }

  private filter(event: CustomEvent<Filters>): void {
    router.replace(libraryAddress(event.detail));
  }

  /** The asset that the address names. */
  private opened(): string {
    return router.path.startsWith('/library/') ? (router.path.split('/')[2] ?? '') : '';
  }

  private open(asset: Asset | undefined): void {
    if (asset && this.listing) {
      this.stepped = true;
      router.go(libraryAddress(this.listing.filters, asset.id));
    }
  }

  private moved(event: CustomEvent<string>): void {
    const { listing } = this;
    if (listing) {
      const place = listing.placeOf(event.detail);
      void listing.need(place, place);
      router.replace(libraryAddress(listing.filters, event.detail));
    }
  }

  private closed(event: CustomEvent<boolean>): void {
    if (this.stepped && !event.detail) {
      history.back();
    } else if (this.listing && this.opened()) {
      router.replace(libraryAddress(this.listing.filters));
    }
    this.stepped = false;
  }

  private grid(): OvLibraryGrid | null {
    return this.renderRoot.querySelector<OvLibraryGrid>('ov-library-grid');
  }

  /** An asset that was opened by its address alone: the list goes to it. */
  private async locate(id: string): Promise<void> {
    if (this.sought === id) {
      return;
    }
    this.sought = id;
    try {
      await this.listing?.find(await get<Asset>(`/api/assets/${id}`));
      this.requestUpdate();
    } catch {
      // The lightbox says that it is not there.
    }
  }
}

customElements.define('ov-library', OvLibrary);
