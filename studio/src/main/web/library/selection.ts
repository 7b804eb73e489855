import { Store } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import type { Asset } from '../base/types.ts';
import type { Listing } from './listing.ts';

/** The most that the platform deletes at a time. */
export const MOST_SELECTED = 500;
/** The most that it puts into one ZIP. */
export const MOST_IN_ZIP = 100;

/** What is ticked in the library. */
export class Selection extends Store {
  private readonly byId = new Map<string, Asset>();
  /** Where a range begins. */
  private anchor = 0;

  get size(): number {
    return this.byId.size;
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  all(): Asset[] {
    return [...this.byId.values()];
  }

  clear(): void {
    this.byId.clear();
    this.changed();
  }

  toggle(asset: Asset, place: number): void {
    this.anchor = place;
    if (!this.byId.delete(asset.id)) {
      this.add([asset]);
    }
    this.changed();
  }

  /** Adds everything from what was ticked last up to here, reading what is not in memory. */
  async extend(listing: Listing, place: number): Promise<void> {
    const [from, to] = [Math.min(this.anchor, place), Math.max(this.anchor, place)];
    const end = Math.min(to, from + MOST_SELECTED);
    await listing.need(from, end);
    const places = Array.from({ length: end - from + 1 }, (_, index) => from + index);
    this.add(places.map((each) => listing.at(each)).filter((asset) => asset !== undefined));
    this.changed();
  }

  private add(more: Asset[]): void {
    more.slice(0, MOST_SELECTED - this.byId.size).forEach((asset) => this.byId.set(asset.id, asset));
    if (more.some(({ id }) => !this.byId.has(id))) {
      toasts.show({ text: `At most ${MOST_SELECTED} can be selected at a time.` });
    }
  }
}
