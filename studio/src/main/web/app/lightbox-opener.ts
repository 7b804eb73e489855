import { LitElement, html } from 'lit';
import type { OpenAsset } from '../base/events.ts';

/** Opens the lightbox, whose code is fetched when the first picture is opened, for whichever view asks (`ov-open-asset`). */
export class OvLightboxOpener extends LitElement {
  static override properties = { asked: { state: true } };

  private asked: OpenAsset | undefined;
  private readonly open = (event: CustomEvent<OpenAsset>) => {
    this.asked = event.detail;
    void import('../library/lightbox.ts');
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('ov-open-asset', this.open as EventListener);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('ov-open-asset', this.open as EventListener);
  }

  protected override render() {
    return this.asked
      ? html`<ov-lightbox .assetId=${this.asked.id} .ids=${this.asked.ids} @close=${this.close}></ov-lightbox>`
      : '';
  }

  private close(): void {
    this.asked = undefined;
  }
}

customElements.define('ov-lightbox-opener', OvLightboxOpener);
