import { LitElement, css, html } from 'lit';
import { get } from '../base/api.ts';
import { bytes, count } from '../base/format.ts';
import { jobs } from '../base/jobs.ts';
import type { StorageUse } from '../base/types.ts';
import { base } from '../components/controls.ts';

/** What everything takes, and how much of the room for uploads is used. */
export class OvStorageLine extends LitElement {
  static override properties = { use: { state: true } };

  private use: StorageUse | undefined;
  private readonly read = () => {
    get<StorageUse>('/api/storage').then(
      (use) => (this.use = use),
      () => undefined, // a line less
    );
  };

  static override styles = [
    base,
    css`
      :host {
        min-width: 0;
        color: var(--text-soft);
        font-size: var(--size-2);
        font-variant-numeric: tabular-nums;
      }
      p {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--space-3);
        min-height: 1.25rem;
      }
      .uploads {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
      }
      meter {
        width: 5rem;
        height: 0.5rem;
      }
      @media (width < 48rem) {
        .uploads {
          display: none;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.read();
    jobs.addEventListener('ended', this.read);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    jobs.removeEventListener('ended', this.read);
  }

  protected override render() {
    if (!this.use) {
      return html`<p></p>`;
    }
    const { images, videos, reference_images: uploads } = this.use;
    return html`<p>
      <span>${count(images.count, 'picture')}${videos.count ? `, ${count(videos.count, 'video')}` : ''}</span>
      <span>${bytes(this.use.bytes)} used</span>
      <span class="uploads">
        Uploads ${bytes(uploads.bytes)} of ${bytes(uploads.bytes_limit)}
        <meter
          aria-label="Room for uploads that is used"
          min="0"
          max=${uploads.bytes_limit}
          high=${uploads.bytes_limit * 0.9}
          .value=${uploads.bytes}
        ></meter>
      </span>
    </p>`;
  }
}

customElements.define('ov-storage-line', OvStorageLine);
