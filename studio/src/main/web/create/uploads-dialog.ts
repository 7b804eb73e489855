import { LitElement, css, html } from 'lit';
import '../components/dialog.ts';
import '../components/empty.ts';
import { ApiError, asApiError, get, query } from '../base/api.ts';
import { bytes, day } from '../base/format.ts';
import { controls } from '../components/controls.ts';
import type { Reference, ReferencePage } from '../base/types.ts';

/** The user's earlier uploads, to pick one from. Fires `picked` (a CustomEvent of the Reference) or `close`. */
export class OvUploadsDialog extends LitElement {
  static override properties = {
    open: { type: Boolean },
    uploads: { state: true },
    page: { state: true },
    error: { state: true },
  };

  open = false;
  private uploads: Reference[] = [];
  private page: ReferencePage | undefined;
  private error: ApiError | undefined;

  static override styles = [
    controls,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr));
        gap: var(--space-2);
      }
      li button {
        display: block;
        width: 100%;
        padding: 0;
        border: 2px solid transparent;
        border-radius: var(--radius-2);
        background: var(--surface-2);
        cursor: pointer;
        overflow: hidden;
      }
      li button:hover {
        border-color: var(--accent);
      }
      img {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        object-fit: cover;
      }
      .more {
        display: grid;
        justify-items: center;
        gap: var(--space-3);
        padding-top: var(--space-4);
      }
    `,
  ];

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('open') && this.open) {
      this.uploads = [];
      this.page = undefined;
      void this.load();
    }
  }

  protected override render() {
    return html`<ov-dialog heading="Your uploads" wide .open=${this.open} @close=${this.closed}>
      ${this.error ? html`<p class="problem" role="alert">${this.error.message} ${this.error.suggestedAction}</p>` : ''}
      ${this.page && !this.uploads.length
        ? html`<ov-empty icon="upload" heading="No uploads yet">
            Drop a picture onto the form, paste one, or choose a file.
          </ov-empty>`
        : ''}
      <ul>
        ${this.uploads.map(
          (upload) =>
            html`<li>
              <button @click=${() => this.pick(upload)}>
                <img src=${upload.thumbnail_url} alt=${`Upload of ${day(upload.created_at)}`} loading="lazy" />
              </button>
            </li>`,
        )}
      </ul>
      <div class="more">
        ${this.page?.next_cursor ? html`<button class="button" @click=${this.load}>Show more</button>` : ''}
        ${this.page
          ? html`<p class="hint">${bytes(this.page.bytes_used)} of ${bytes(this.page.bytes_limit)} used</p>`
          : ''}
      </div>
    </ov-dialog>`;
  }

  private async load(): Promise<void> {
    this.error = undefined;
    try {
      const page = await get<ReferencePage>(
        '/api/reference-images' + query({ limit: 60, cursor: this.page?.next_cursor }),
      );
      this.uploads = [...this.uploads, ...page.reference_images];
      this.page = page;
    } catch (e) {
      this.error = asApiError(e);
    }
  }

  private pick(reference: Reference): void {
    this.dispatchEvent(new CustomEvent<Reference>('picked', { detail: reference }));
  }

  private closed(): void {
    this.dispatchEvent(new Event('close'));
  }
}

customElements.define('ov-uploads-dialog', OvUploadsDialog);
