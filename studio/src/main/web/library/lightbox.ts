import { LitElement, css, html } from 'lit';
import '../components/dialog.ts';
import { assets } from '../base/assets.ts';
import { Watch } from '../base/store.ts';
import { base } from '../components/controls.ts';

/** An asset, large. Fires `close`. */
export class OvLightbox extends LitElement {
  static override properties = { assetId: { attribute: false }, ids: { attribute: false } };

  assetId = '';
  /** What the arrow keys walk through. */
  ids: string[] = [];
  protected readonly watch = new Watch(this, assets);

  static override styles = [
    base,
    css`
      img,
      video {
        display: block;
        max-width: 100%;
        max-height: 75dvh;
        margin: auto;
      }
    `,
  ];

  protected override render() {
    const asset = assets.get(this.assetId);
    return html`<ov-dialog open wide heading=${asset?.prompt ?? ''} @close=${() => this.dispatchEvent(new Event('close'))}>
      ${asset?.kind === 'video'
        ? html`<video src=${asset.url} controls></video>`
        : html`<img src=${asset?.url ?? ''} alt=${asset?.prompt ?? ''} />`}
    </ov-dialog>`;
  }
}

customElements.define('ov-lightbox', OvLightbox);
