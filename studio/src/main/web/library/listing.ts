import { asApiError, get, query, type ApiError } from '../base/api.ts';
import { assets } from '../base/assets.ts';
import { Store } from '../base/store.ts';
import type { Asset, AssetOutline, AssetPage } from '../base/types.ts';
import { asked, type Filters } from './filters.ts';

const PAGE = 100;
/** So many pages on either side of what is looked at stay in memory. */
const KEPT = 4;

interface Page {
  /** Absent for the first. */
  cursor?: string;
  /** When the asset before it was made. */
  before?: string;
  /** As many as it has, or is thought to have. */
  length: number;
  /** Once they are here. */
  items?: Asset[];
  loading?: Promise<void>;
}

/** A page among the others, without what is deleted. */
interface Placed {
  page: Page;
  start: number;
  length: number;
  items?: Asset[];
}

/**
 * A list of assets, newest first, of which only the pages around what is looked at are in memory. What is made meanwhile is kept apart in
 * front (`fresh`), so that nothing else changes its place. Places count from 0, the fresh ones first.
 */
export class Listing extends Store {
  readonly filters: Filters;
  fresh: Asset[] = [];
  state: 'loading' | 'ready' | 'failed' = 'loading';
  error: ApiError | undefined;
  private pages: Page[] = [];
  private placed: Placed[] | undefined;
  private readonly assetsChanged = () => this.changed();

  constructor(filters: Filters) {
    super();
    this.filters = filters;
  }

  get count(): number {
    const last = this.places().at(-1);
    return last ? last.start + last.length : this.shownFresh().length;
  }

  /** How many places the fresh ones take. */
  get freshCount(): number {
    return this.shownFresh().length;
  }

  start(): void {
    assets.addEventListener('change', this.assetsChanged);
    void this.open();
  }

  stop(): void {
    assets.removeEventListener('change', this.assetsChanged);
  }

  /** The first page can be shown before the length of the list is known. */
  async open(): Promise<void> {
    try {
      const outlining = this.ask<AssetOutline>('/api/assets/outline', {});
      outlining.catch(() => undefined); // is awaited below, unless the first page fails too
      const first = await this.ask<AssetPage>('/api/assets', {});
      this.fresh = [];
      this.pages = [{ length: first.assets.length, items: first.assets }];
      this.ready();
      this.outline(first, await outlining);
    } catch (e) {
      this.state = 'failed';
      this.error = asApiError(e);
      this.changed();
    }
  }

  /** What is there, if it is in memory. */
  at(place: number): Asset | undefined {
    const fresh = this.shownFresh();
    if (place < fresh.length) {
      return fresh[place];
    }
    const found = this.pageAt(place);
    return found?.items?.[place - found.start];
  }

  /** Its place; -1 when it is not in memory. */
  placeOf(id: string): number {
    const fresh = this.shownFresh().findIndex((asset) => asset.id === id);
    if (fresh >= 0) {
      return fresh;
    }
    for (const { start, items } of this.places()) {
      const found = items?.findIndex((asset) => asset.id === id) ?? -1;
      if (found >= 0) {
        return start + found;
      }
    }
    return -1;
  }

  /** Reads the page in which an asset that is not in memory must be. */
  async find(asset: Asset): Promise<number> {
    const page = this.pages.findLast(({ before }) => before === undefined || before >= asset.created_at);
    await (page && this.read(page));
    return this.placeOf(asset.id);
  }

  /** The ids around a place, without a gap: what arrow keys walk through. */
  around(place: number): string[] {
    const runs = this.places();
    const at = runs.findIndex(({ start, length }) => place < start + length);
    let [first, last] = [at, at];
    while (runs[first - 1]?.items) first--;
    while (runs[last + 1]?.items) last++;
    const near = at < 0 ? [] : runs.slice(first, last + 1).flatMap(({ items }) => items ?? []);
    return [...(first <= 0 ? this.shownFresh() : []), ...near].map(({ id }) => id);
  }

  /** Reads what stands in these places and around them, and forgets what is far away. */
  async need(from: number, to: number): Promise<void> {
    const places = this.places();
    const first = places.findIndex(({ start, length }) => from < start + length);
    const last = places.findIndex(({ start, length }) => to < start + length);
    const end = last < 0 ? places.length - 1 : last;
    places.forEach(({ page }, index) => {
      if (index < first - KEPT || index > end + KEPT) {
        this.forget(page, index);
      }
    });
    await Promise.all(places.slice(Math.max(0, first - 1), end + 2).map(({ page }) => this.read(page)));
  }

  /** Takes in what has been made since. */
  async refresh(): Promise<void> {
    const newest = await this.ask<AssetPage>('/api/assets', {});
    const first = this.pages[0]?.items ?? [];
    const known = new Set([...this.fresh, ...first].map(({ id }) => id));
    const oldest = first.at(-1)?.created_at ?? '';
    const made = newest.assets.filter(({ id, created_at }) => !known.has(id) && created_at >= oldest);
    if (made.length) {
      this.fresh = [...made, ...this.fresh];
      this.taken(made);
    }
  }

  /** When it was made, of what stands there or of the page that it is on. */
  when(place: number): string | undefined {
    return this.at(place)?.created_at ?? this.pageAt(place)?.page.before;
  }

  protected override changed(): void {
    this.placed = undefined;
    super.changed();
  }

  private outline(first: AssetPage, outline: AssetOutline): void {
    if (outline.pages[0]?.cursor !== first.next_cursor) {
      void this.open(); // something was made or deleted between the two answers
      return;
    }
    const others = outline.pages.map(({ cursor, created_at }, index) => ({
      cursor,
      before: created_at,
      length: Math.min(PAGE, outline.count - PAGE * (index + 1)),
    }));
    this.pages = [...this.pages.slice(0, 1), ...others];
    this.changed();
  }

  private ready(): void {
    this.state = 'ready';
    this.error = undefined;
    this.taken(this.pages[0]?.items ?? []);
  }

  private read(page: Page): Promise<void> {
    if (page.items) {
      return Promise.resolve();
    }
    page.loading ??= this.ask<AssetPage>('/api/assets', { cursor: page.cursor, limit: page.length })
      .then((answer) => {
        page.items = answer.assets;
        page.length = answer.assets.length;
        this.taken(answer.assets);
      })
      .catch((e: unknown) => {
        this.error = asApiError(e);
        this.changed();
      })
      .finally(() => (page.loading = undefined));
    return page.loading;
  }

  /** Not the first, which tells what is new, and none with deletions that may still be undone. */
  private forget(page: Page, index: number): void {
    if (index > 0 && page.items && !page.items.some(({ id }) => assets.isGone(id))) {
      page.items = undefined;
      this.placed = undefined;
    }
  }

  /** The shared store learns the latest of what it knows; the rest stays here, where it is forgotten again. */
  private taken(items: Asset[]): void {
    assets.take(items.filter(({ id }) => assets.get(id)));
    this.changed();
  }

  private ask<T>(path: string, more: Record<string, string | number | undefined>): Promise<T> {
    return get<T>(path + query({ ...asked(this.filters), limit: PAGE, ...more }));
  }

  private shownFresh(): Asset[] {
    return shown(this.fresh);
  }

  private pageAt(place: number): Placed | undefined {
    return this.places().find(({ start, length }) => place >= start && place < start + length);
  }

  private places(): Placed[] {
    if (!this.placed) {
      let start = this.shownFresh().length;
      this.placed = this.pages.map((page) => {
        const items = page.items && shown(page.items);
        const length = items?.length ?? page.length;
        start += length;
        return { page, start: start - length, length, items };
      });
    }
    return this.placed;
  }
}

function shown(items: Asset[]): Asset[] {
  return items.filter(({ id }) => !assets.isGone(id));
}
