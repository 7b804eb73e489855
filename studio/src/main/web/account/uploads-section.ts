import { LitElement, css, html, type TemplateResult } from 'lit';
import '../components/empty.ts';
import '../components/problem.ts';
import './storage-panel.ts';
import { asApiError, del, get, query } from '../base/api.ts';
import { bytes, day } from '../base/format.ts';
import { Pages } from '../base/pages.ts';
import { Watch } from '../base/store.ts';
import { announce, toasts } from '../base/toasts.ts';
import type { Reference, ReferencePage } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { panels } from '../components/sections.ts';

const PAGE = 24;
const UNDO_MILLIS = 8_000;

/** Deletions that can still be undone, by the id of the upload; sent when their time is over, or when the page is left. */
const pending = new Map<string, ReturnType<typeof setTimeout>>();

/** The user's reference pictures, and the space that everything takes. */
export class OvUploads extends LitElement {
  private readonly uploads = new Pages<Reference>((cursor) => page(cursor));
  protected readonly watch = new Watch(this, this.uploads);

  static override styles = [
    controls,
    panels,
    css`
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
        gap: var(--space-4);
      }
      .card {
        display: grid;
        gap: var(--space-2);
        min-width: 0;
        font-size: var(--size-2);
      }
      .card img {
        width: 100%;
        aspect-ratio: 1;
        border: 1px solid var(--line);
        border-radius: var(--radius-2);
        background: var(--surface-0);
        object-fit: contain;
      }
      .line {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2);
      }
      .more {
        justify-self: center;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.uploads.reload();
  }

  protected override render() {
    return html`<ov-storage></ov-storage>
      <section class="panel" aria-labelledby="heading">
        <div>
          <h2 id="heading">Reference pictures</h2>
          <p class="about">
            What you have uploaded to start from. A picture that you delete leaves what was made from it as it is.
          </p>
        </div>
        <ov-problem
          what="Your uploads cannot be shown"
          .error=${this.uploads.error}
          @retry=${() => this.uploads.reload()}
        ></ov-problem>
        ${this.list()}
      </section>`;
  }

  private list(): TemplateResult {
    const shown = this.uploads.items.filter((upload) => !pending.has(upload.id));
    if (this.uploads.loaded && !shown.length && !this.uploads.more) {
      return html`<ov-empty icon="upload" heading="No uploads">
        Drop or paste a picture into <a href="/">Create</a> to use it as reference; it is kept here for the next time.
      </ov-empty>`;
    }
    return html`<ul class="grid">
        ${shown.map((upload) => this.card(upload))}
      </ul>
      ${this.uploads.more
        ? html`<button class="button more" ?disabled=${this.uploads.loading} @click=${() => this.uploads.showMore()}>
            ${this.uploads.loading ? 'Loading …' : 'Show more'}
          </button>`
        : ''}`;
  }

  private card(upload: Reference): TemplateResult {
    const name = `Upload of ${day(upload.created_at)}, ${upload.width} × ${upload.height}`;
    return html`<li class="card">
      <a href=${upload.url} target="_blank" rel="noopener" aria-label=${`${name}, opens in a new tab`}>
        <img src=${upload.thumbnail_url} alt=${name} loading="lazy" />
      </a>
      <div class="line">
        <span>
          ${day(upload.created_at)}<br /><span class="faint">${upload.width} × ${upload.height} · ${bytes(upload.bytes)}</span>
        </span>
        <button class="icon-button small quiet" aria-label=${`Delete: ${name}`} @click=${() => this.delete(upload)}>
          ${icon('trash', 18)}
        </button>
      </div>
      <span>
        ${upload.consent
          ? html`<span class="pill good">${icon('check', 14)}Consent given</span>`
          : html`<span class="pill">No consent stated</span>`}
      </span>
    </li>`;
  }

  private delete(upload: Reference): void {
    pending.set(
      upload.id,
      setTimeout(() => void this.send(upload), UNDO_MILLIS),
    );
    this.requestUpdate();
    toasts.show({
      text: 'Upload deleted.',
      millis: UNDO_MILLIS,
      action: { label: 'Undo', run: () => this.undo(upload) },
    });
  }

  private undo(upload: Reference): void {
    clearTimeout(pending.get(upload.id));
    if (pending.delete(upload.id)) {
      announce('Upload restored.');
      this.requestUpdate();
    }
  }

  private async send(upload: Reference): Promise<void> {
    try {
      await del(`/api/reference-images/${upload.id}`);
      this.uploads.remove((other) => other.id === upload.id);
    } catch (e) {
      toasts.failure(asApiError(e), 'Deleting failed');
    } finally {
      pending.delete(upload.id);
      this.requestUpdate();
    }
  }
}

async function page(cursor?: string): Promise<{ items: Reference[]; next?: string }> {
  const references = await get<ReferencePage>('/api/reference-images' + query({ limit: PAGE, cursor }));
  return { items: references.reference_images, next: references.next_cursor };
}

addEventListener('pagehide', () =>
  [...pending.keys()].forEach((id) => void del(`/api/reference-images/${id}`, { keepalive: true }).catch(() => undefined)),
);

customElements.define('ov-uploads', OvUploads);
