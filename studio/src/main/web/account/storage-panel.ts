import { LitElement, css, html, type TemplateResult } from 'lit';
import '../components/problem.ts';
import { asApiError, get, type ApiError } from '../base/api.ts';
import { bytes, count } from '../base/format.ts';
import type { StorageUse, Use } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { icon, type IconName } from '../components/icon.ts';
import { panels } from '../components/sections.ts';

/** What the user's files take. */
export class OvStorage extends LitElement {
  static override properties = { use: { state: true }, error: { state: true } };

  private use: StorageUse | undefined;
  private error: ApiError | undefined;

  static override styles = [
    controls,
    panels,
    css`
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
        gap: var(--space-4);
      }
      dl > div {
        display: grid;
        align-content: start;
        gap: var(--space-1);
      }
      dt {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        color: var(--text-soft);
        font-size: var(--size-2);
        font-weight: 550;
      }
      .amount {
        font-size: var(--size-4);
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      dd {
        color: var(--text-soft);
        font-size: var(--size-2);
      }
      dd.amount {
        color: var(--text);
      }
      meter {
        width: 100%;
        height: 0.5rem;
        border: 0;
        border-radius: var(--radius-round);
        background: var(--surface-3);
      }
      meter::-webkit-meter-bar {
        height: 0.5rem;
        border: 0;
        border-radius: var(--radius-round);
        background: var(--surface-3);
      }
      meter::-webkit-meter-optimum-value {
        border-radius: var(--radius-round);
        background: var(--accent);
      }
      meter::-webkit-meter-suboptimum-value {
        border-radius: var(--radius-round);
        background: var(--bad);
      }
      meter::-moz-meter-bar {
        border-radius: var(--radius-round);
        background: var(--accent);
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render() {
    return html`<section class="panel" aria-labelledby="heading">
      <h2 id="heading">Storage</h2>
      <ov-problem what="The storage cannot be shown" .error=${this.error} @retry=${this.load}></ov-problem>
      ${this.use ? figures(this.use) : ''}
    </section>`;
  }

  private async load(): Promise<void> {
    try {
      this.error = undefined;
      this.use = await get<StorageUse>('/api/storage');
    } catch (e) {
      this.error = asApiError(e);
    }
  }
}

function figures(use: StorageUse): TemplateResult {
  const limit = use.reference_images.bytes_limit;
  return html`<dl>
    ${figure('image', 'Pictures made', use.images, count(use.images.count, 'picture'))}
    ${figure('video', 'Videos made', use.videos, count(use.videos.count, 'video'))}
    ${figure(
      'upload',
      'Uploads',
      use.reference_images,
      html`${count(use.reference_images.count, 'picture')} · ${bytes(limit)} at most
        <meter
          aria-label="Uploads, of what you may keep"
          max=${limit}
          high=${limit * 0.9}
          optimum="0"
          .value=${use.reference_images.bytes}
        ></meter>`,
    )}
  </dl>`;
}

function figure(shape: IconName, name: string, use: Use, more: unknown): TemplateResult {
  return html`<div>
    <dt>${icon(shape, 18)}${name}</dt>
    <dd class="amount">${bytes(use.bytes)}</dd>
    <dd>${more}</dd>
  </div>`;
}

customElements.define('ov-storage', OvStorage);
