import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import './asset-details.ts';
import { asApiError, get, type ApiError } from '../base/api.ts';
import { assets } from '../base/assets.ts';
import { deleteAssets } from '../base/deletions.ts';
import { downloadUrl } from '../base/format.ts';
import { Watch } from '../base/store.ts';
import { announce } from '../base/toasts.ts';
import type { Asset } from '../base/types.ts';
import { base, buttons } from '../components/controls.ts';
import { cssVars } from '../components/css-vars.ts';
import { icon } from '../components/icon.ts';
import { isFavourite, prefer } from './favourites.ts';
import { lightboxStyles } from './lightbox-styles.ts';

const SWIPE_PIXELS = 48;
const DETAILS = 'ourvidz.details';

/**
 * An asset, large. It is held by its id, so that it stays when others come before it in the list. Fires `move` with the id that arrow
 * keys or swipes lead to, and `close` (true when something else is shown next).
 */
export class OvLightbox extends LitElement {
  static override properties = {
    assetId: { attribute: false },
    ids: { attribute: false },
    place: { attribute: false },
    of: { attribute: false },
    problem: { state: true },
    detailed: { state: true },
    zoomed: { state: true },
  };

  assetId = '';
  /** What the arrow keys walk through. */
  ids: string[] = [];
  /** Its place in a list that is longer than `ids`, from 0, and that list's length. */
  place = -1;
  of = 0;
  protected readonly watch = new Watch(this, assets);
  private problem: ApiError | undefined;
  private detailed = matchMedia('(min-width: 64rem)').matches && localStorage.getItem(DETAILS) !== 'off';
  private zoomed = false;
  private leaving = false;
  private touched: { x: number; y: number } | undefined;

  static override styles = [base, buttons, lightboxStyles];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('assetId')) {
      this.zoomed = false;
      this.problem = undefined;
      if (!assets.get(this.assetId)) {
        void this.read(this.assetId);
      }
      void this.preload();
    }
  }

  protected override firstUpdated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    dialog?.showModal();
    dialog?.focus();
  }

  protected override render(): TemplateResult {
    const asset = assets.get(this.assetId);
    return html`<dialog
      class="${this.detailed && asset ? 'detailed' : ''} ${this.zoomed ? 'zoomed' : ''}"
      tabindex="-1"
      aria-label=${asset?.kind === 'video' ? 'Video' : 'Picture'}
      @close=${this.closed}
      @keydown=${this.pressed}
    >
      <div class="stage" @pointerdown=${this.down} @pointerup=${this.up}>
        ${this.bar(asset)}
        <div class="frame">${asset ? this.content(asset) : this.missing()}</div>
        ${this.stepButton(-1, 'Newer', 'left', 'back')} ${this.stepButton(1, 'Older', 'right', 'on')}
      </div>
      ${this.detailed && asset
        ? html`<ov-asset-details .asset=${asset} @leave=${this.leave}></ov-asset-details>`
        : ''}
    </dialog>`;
  }

  private bar(asset: Asset | undefined): TemplateResult {
    const place = this.place >= 0 ? this.place : this.ids.indexOf(this.assetId);
    const of = this.place >= 0 ? this.of : this.ids.length;
    return html`<div class="bar">
      <span class="count">${place >= 0 && of > 1 ? `${place + 1} of ${of.toLocaleString('en')}` : ''}</span>
      ${asset ? this.actions(asset) : ''}
      <button class="icon-button over" aria-label="Close" title="Close (Escape)" @click=${this.close}>
        ${icon('close')}
      </button>
    </div>`;
  }

  private actions(asset: Asset): TemplateResult {
    const favourite = isFavourite(asset);
    return html`<button
        class="icon-button over"
        aria-label="Favourite"
        title="Favourite (F)"
        aria-pressed=${favourite}
        @click=${() => this.prefer(asset)}
      >
        ${icon(favourite ? 'heartFull' : 'heart')}
      </button>
      <a class="icon-button over" href=${downloadUrl(asset.url)} download aria-label="Download" title="Download (D)">
        ${icon('download')}
      </a>
      <button class="icon-button over" aria-label="Delete" title="Delete" @click=${this.drop}>${icon('trash')}</button>
      <button
        class="icon-button over"
        aria-label="Details"
        title="Details (I)"
        aria-expanded=${this.detailed}
        @click=${this.toggleDetails}
      >
        ${icon('panel')}
      </button>`;
  }

  private content(asset: Asset): TemplateResult {
    const ratio = cssVars({ '--ratio': String(asset.width / asset.height) });
    if (asset.kind === 'video') {
      return html`<video
        ${ratio}
        src=${asset.url}
        poster=${asset.thumbnail_url ?? nothing}
        aria-label=${asset.prompt}
        controls
        loop
        playsinline
        preload="metadata"
      ></video>`;
    }
    return html`<button
      class="picture"
      ${ratio}
      aria-label=${this.zoomed ? 'Fit into the window' : 'Show at 100 %'}
      @click=${this.zoom}
    >
      ${asset.thumbnail_url ? html`<img class="under" src=${asset.thumbnail_url} alt="" />` : ''}
      <img class="whole" src=${asset.url} alt=${asset.prompt} draggable="false" />
    </button>`;
  }

  private missing(): TemplateResult {
    return html`<p class="gone" role="status">
      ${this.problem ? html`${this.problem.message} ${this.problem.suggestedAction}` : 'Loading'}
    </p>`;
  }

  private stepButton(step: 1 | -1, label: string, shape: 'left' | 'right', where: string): TemplateResult | string {
    return this.neighbour(step) && !this.zoomed
      ? html`<button class="icon-button over step ${where}" aria-label=${label} @click=${() => this.step(step)}>
          ${icon(shape, 24)}
        </button>`
      : '';
  }

  private neighbour(step: 1 | -1): string | undefined {
    const at = this.ids.indexOf(this.assetId);
    for (let next = at + step; at >= 0 && next >= 0 && next < this.ids.length; next += step) {
      const id = this.ids[next];
      if (id && !assets.isGone(id)) {
        return id;
      }
    }
    return undefined;
  }

  private step(step: 1 | -1): void {
    const id = this.neighbour(step);
    if (id) {
      this.show(id);
    }
  }

  private show(id: string): void {
    const focused = (this.renderRoot as ShadowRoot).activeElement;
    this.assetId = id;
    this.dispatchEvent(new CustomEvent<string>('move', { detail: id }));
    void this.updateComplete.then(() => {
      announce(assets.get(id)?.prompt ?? 'The next one');
      if (focused && !focused.isConnected) {
        this.renderRoot.querySelector('dialog')?.focus();
      }
    });
  }

  private pressed(event: KeyboardEvent): void {
    const inside = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || inside instanceof HTMLInputElement) {
      return;
    }
    const ofPlayer = inside instanceof HTMLVideoElement || this.zoomed;
    const keys: Record<string, () => void> = {
      ...(ofPlayer ? {} : { ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1) }),
      Delete: () => this.drop(),
      i: () => this.toggleDetails(),
      f: () => this.prefer(assets.get(this.assetId)),
      d: () => this.renderRoot.querySelector<HTMLElement>('a[download]')?.click(),
    };
    const run = keys[event.key];
    if (run) {
      event.preventDefault();
      run();
    }
  }

  private down(event: PointerEvent): void {
    this.touched = event.pointerType === 'touch' && !this.zoomed ? { x: event.clientX, y: event.clientY } : undefined;
  }

  private up(event: PointerEvent): void {
    const right = event.clientX - (this.touched?.x ?? event.clientX);
    const down = event.clientY - (this.touched?.y ?? event.clientY);
    this.touched = undefined;
    if (Math.abs(right) > SWIPE_PIXELS && Math.abs(right) > 2 * Math.abs(down)) {
      this.step(right < 0 ? 1 : -1);
    }
  }

  /** To one pixel of the picture for one of the screen, where it was clicked; and back. */
  private async zoom(event: MouseEvent): Promise<void> {
    const picture = event.currentTarget as HTMLElement;
    const box = picture.getBoundingClientRect();
    const [x, y] = event.detail // none for a key
      ? [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
      : [0.5, 0.5];
    this.zoomed = !this.zoomed;
    await this.updateComplete;
    const frame = this.renderRoot.querySelector<HTMLElement>('.frame');
    frame?.scrollTo({
      left: x * frame.scrollWidth - frame.clientWidth / 2,
      top: y * frame.scrollHeight - frame.clientHeight / 2,
      behavior: 'instant',
    });
  }

  private prefer(asset: Asset | undefined): void {
    if (asset) {
      void prefer([asset], !isFavourite(asset));
    }
  }

  /** The next one takes its place; without one there is nothing left to look at. */
  private drop(): void {
    const id = this.assetId;
    const next = this.neighbour(1) ?? this.neighbour(-1);
    if (next) {
      this.show(next);
    } else {
      this.close();
    }
    deleteAssets([id]);
  }

  private toggleDetails(): void {
    this.detailed = !this.detailed;
    localStorage.setItem(DETAILS, this.detailed ? 'on' : 'off');
  }

  /** Something else is shown next, and not what was there before. */
  private readonly leave = (): void => {
    this.leaving = true;
    this.close();
  };

  private closed(): void {
    this.dispatchEvent(new CustomEvent<boolean>('close', { detail: this.leaving }));
  }

  private readonly close = (): void => {
    this.renderRoot.querySelector('dialog')?.close();
  };

  private async read(id: string): Promise<void> {
    try {
      assets.take([await get<Asset>(`/api/assets/${id}`)]);
    } catch (e) {
      if (id === this.assetId) {
        this.problem = asApiError(e);
      }
    }
  }

  /** The neighbours come meanwhile, so that the next step shows at once. */
  private async preload(): Promise<void> {
    await this.updateComplete;
    const ids = [this.neighbour(1), this.neighbour(-1)].filter((id) => id !== undefined);
    await Promise.all(ids.filter((id) => !assets.get(id)).map((id) => this.read(id)));
    ids
      .map((id) => assets.get(id))
      .filter((asset) => asset?.kind === 'image')
      .forEach((asset) => (new Image().src = asset?.url ?? ''));
  }
}

customElements.define('ov-lightbox', OvLightbox);
