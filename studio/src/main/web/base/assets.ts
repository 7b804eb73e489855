import { del, get, put, query } from './api.ts';
import { Store } from './store.ts';
import type { Asset, AssetPage } from './types.ts';

const NEWEST = 100;

/** What is known of assets beyond their links: above all whether they are favourites. Shared by all views. */
class Assets extends Store {
  private readonly byId = new Map<string, Asset>();
  private readonly gone = new Set<string>();

  get(id: string): Asset | undefined {
    return this.byId.get(id);
  }

  take(assets: Asset[]): void {
    assets.forEach((asset) => this.byId.set(asset.id, asset));
    this.changed();
  }

  async load(): Promise<void> {
    this.take((await get<AssetPage>('/api/assets' + query({ limit: NEWEST }))).assets);
  }

  async loadJob(job: string): Promise<void> {
    this.take((await get<AssetPage>('/api/assets' + query({ job_id: job }))).assets);
  }

  /** Shown at once, and taken back when the platform refuses. */
  async prefer(id: string, favourite: boolean): Promise<void> {
    this.mark(id, favourite);
    try {
      await (favourite ? put(`/api/assets/${id}/favourite`) : del(`/api/assets/${id}/favourite`));
    } catch (e) {
      this.mark(id, !favourite);
      throw e;
    }
  }

  isFavourite(id: string): boolean {
    return this.byId.get(id)?.favourite ?? false;
  }

  /** Whether it is deleted, or will be unless the user undoes it: no view shows it. */
  isGone(id: string): boolean {
    return this.gone.has(id);
  }

  hide(ids: string[], hidden: boolean): void {
    ids.forEach((id) => (hidden ? this.gone.add(id) : this.gone.delete(id)));
    this.changed();
  }

  private mark(id: string, favourite: boolean): void {
    const asset = this.byId.get(id);
    if (asset) {
      this.byId.set(id, { ...asset, favourite });
      this.changed();
    }
  }
}

export const assets = new Assets();
