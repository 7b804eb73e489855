import { LitElement, css, html, type TemplateResult } from 'lit';
import '../components/banner.ts';
import { asApiError, get, post } from '../base/api.ts';
import { tell, type Reuse } from '../base/events.ts';
import { bytes, duration, moment, typeName } from '../base/format.ts';
import { jobTypes } from '../base/job-types.ts';
import { jobs } from '../base/jobs.ts';
import { session } from '../base/session.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import type { Accepted, Asset, Job } from '../base/types.ts';
import { base, buttons } from '../components/controls.ts';
import { icon, type IconName } from '../components/icon.ts';

/** How an asset was made, and what can be made from it. Fires `leave` when that leads elsewhere. */
export class OvAssetDetails extends LitElement {
  static override properties = { asset: { attribute: false }, job: { state: true } };

  asset!: Asset;
  protected readonly watch = new Watch(this, jobTypes);
  private job: Job | undefined;
  private asked = '';

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
      }
      .all {
        display: grid;
        gap: var(--space-4);
        padding: var(--space-4) var(--space-4) var(--space-6);
      }
      h2 {
        color: var(--text-faint);
        font-size: var(--size-1);
        font-weight: 600;
      }
      .words {
        margin-top: var(--space-1);
        overflow-wrap: anywhere;
        white-space: pre-line;
        font-size: var(--size-3);
      }
      .words.less {
        color: var(--text-soft);
        font-size: var(--size-2);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-2) var(--space-4);
        padding-block: var(--space-4);
        border-block: 1px solid var(--line);
        font-size: var(--size-2);
      }
      dt {
        color: var(--text-faint);
      }
      dd {
        text-align: end;
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
      ul {
        display: grid;
        gap: 2px;
      }
      li .button {
        justify-content: flex-start;
        width: 100%;
        padding-inline: var(--space-2);
        color: var(--text);
        font-weight: 500;
      }
      li .icon {
        color: var(--text-soft);
      }
    `,
  ];

  protected override willUpdate(): void {
    if (this.asset.job_id !== this.asked) {
      this.asked = this.asset.job_id;
      this.job = jobs.get(this.asked);
      void this.read(this.asked);
    }
  }

  protected override render(): TemplateResult {
    const { prompt, enhanced_prompt, negative_prompt, reference_applied } = this.job?.metadata ?? {};
    return html`<div class="all">
      ${this.words('Prompt', prompt ?? this.asset.prompt)} ${this.words('Enhanced prompt', enhanced_prompt, true)}
      ${this.words('Without', negative_prompt, true)}
      ${reference_applied === false
        ? html`<ov-banner tone="warn">The reference was not applied; this was made without it.</ov-banner>`
        : ''}
      <dl>
        ${this.facts().map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
      </dl>
      <ul aria-label="Make more of it">
        ${this.action('reuse', 'Reuse the prompt', () => this.reuse('prompt'))}
        ${this.action('lock', 'Reuse the seed', () => this.reuse('seed'))}
        ${this.action('copy', 'Reuse all settings', () => this.reuse('settings'))}
        ${this.action('dice', 'Remix without the seed', () => this.reuse('remix'))}
        ${this.asset.kind === 'image' ? this.action('image', 'Use as reference', () => this.refer()) : ''}
        ${this.action('retry', 'Make this one again, same seed', () => this.again())}
      </ul>
    </div>`;
  }

  private words(heading: string, text: string | undefined, less = false): TemplateResult | string {
    return text
      ? html`<section>
          <h2>${heading}</h2>
          <p class="words ${less ? 'less' : ''}">${text}</p>
        </section>`
      : '';
  }

  /** What is not known is left out. */
  private facts(): [string, string | TemplateResult][] {
    const { asset } = this;
    const { steps, guidance_scale, model, generation_time } = this.job?.metadata ?? {};
    const facts: [string, string | TemplateResult | undefined][] = [
      ['Seed', String(asset.seed)],
      ['Type', typeName(asset.job_type)],
      ['Size', `${asset.width} × ${asset.height}`],
      ['Length', asset.duration === undefined ? undefined : duration(asset.duration)],
      ['Steps', steps?.toString()],
      ['Guidance', guidance_scale?.toString()],
      ['Model', model],
      ['Time', generation_time === undefined ? undefined : duration(generation_time)],
      ['Reference', this.reference()],
      ['File', bytes(asset.bytes)],
      ['Made', moment(asset.created_at)],
    ];
    return facts.filter((fact): fact is [string, string | TemplateResult] => fact[1] !== undefined);
  }

  private reference(): TemplateResult | undefined {
    const { reference_type, reference_strength, ...more } = this.job?.metadata ?? {};
    const url = more.reference_image_url ?? more.start_reference_image_url ?? more.end_reference_image_url;
    const how = reference_type ?? (more.start_reference_image_url ? 'start frame' : 'end frame');
    return url === undefined
      ? undefined
      : html`<a href=${url} target="_blank" rel="noopener">${how}</a>${
          reference_strength === undefined ? '' : `, ${reference_strength.toFixed(2)}`
        }`;
  }

  private action(shape: IconName, label: string, run: () => void): TemplateResult {
    return html`<li><button class="button quiet small" @click=${run}>${icon(shape, 18)}${label}</button></li>`;
  }

  private reuse(what: Reuse): void {
    this.leave();
    tell(document.body, 'ov-reuse', { jobId: this.asset.job_id, what, seed: this.asset.seed });
  }

  private refer(): void {
    this.leave();
    tell(document.body, 'ov-use-as-reference', { assetId: this.asset.id, url: this.asset.url });
  }

  private async again(): Promise<void> {
    const { job_id, index, kind } = this.asset;
    try {
      const changes = kind === 'image' ? { index } : {};
      const answer = await post<Accepted>(`/api/jobs/${job_id}/regenerate`, changes, {
        idempotencyKey: crypto.randomUUID(),
      });
      jobs.put(answer.job);
      toasts.show({ text: 'Queued: this one again, with the same seed.' });
      void session.refresh().catch(() => undefined);
    } catch (e) {
      toasts.failure(asApiError(e), 'Not queued');
    }
  }

  private leave(): void {
    this.dispatchEvent(new Event('leave'));
  }

  private async read(id: string): Promise<void> {
    try {
      const job = await get<Job>(`/api/jobs/${id}`);
      if (this.asked === id) {
        this.job = job;
      }
    } catch {
      // What the asset itself says stays.
    }
  }
}

customElements.define('ov-asset-details', OvAssetDetails);
