import { LitElement, html, type TemplateResult } from 'lit';
import '../components/banner.ts';
import '../components/menu.ts';
import './job-results.ts';
import './pending-tile.ts';
import { asApiError } from '../base/api.ts';
import { assets } from '../base/assets.ts';
import { deleteAssets } from '../base/deletions.ts';
import { tell, type Reuse } from '../base/events.ts';
import { ago, assetId, duration, moment, typeName } from '../base/format.ts';
import { jobTypes } from '../base/job-types.ts';
import { isOpen, jobs } from '../base/jobs.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import type { Job } from '../base/types.ts';
import { base, buttons } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import type { MenuItem } from '../components/menu.ts';
import { cardStyles } from './job-card-styles.ts';
import { submissions } from './submissions.ts';

/** One job, from the press of the button to its results. */
export class OvJobCard extends LitElement {
  static override properties = { job: { attribute: false } };

  job!: Job;
  protected readonly watch = new Watch(this, jobTypes, assets);

  static override styles = [base, buttons, cardStyles];

  protected override render(): TemplateResult {
    const { job } = this;
    const beside = (job.metadata.num_images ?? 1) === 1 && job.status !== 'failed';
    const shape = this.ratio < 1 ? 'tall' : '';
    return html`<article class="${beside ? 'beside' : ''} ${shape}" aria-label=${job.metadata.prompt ?? typeName(job.job_type)}>
      <header>
        <div class="words">
          <p class="prompt">${job.metadata.prompt ?? 'Without a prompt'}</p>
          <p class="facts">
            <span>${typeName(job.job_type)}</span>
            <time datetime=${job.created_at} title=${moment(job.created_at)}>${ago(job.created_at)}</time>
            ${job.metadata.seed === undefined ? '' : html`<span>seed ${job.metadata.seed}</span>`}
            ${job.metadata.generation_time === undefined
              ? ''
              : html`<span>made in ${duration(job.metadata.generation_time)}</span>`}
          </p>
        </div>
        <div class="actions">${isOpen(job) ? this.cancelButton() : this.endedActions()}</div>
      </header>
      <div class="media">${this.media()}</div>
      <div class="notes">${this.notes()}</div>
    </article>`;
  }

  private get ratio(): number {
    const type = jobTypes.get(this.job.job_type);
    return type ? type.width / type.height : 1;
  }

  private media(): TemplateResult {
    if (isOpen(this.job)) {
      return this.placeholders();
    }
    return this.job.status === 'failed'
      ? this.failed()
      : html`<ov-job-results .job=${this.job}></ov-job-results>`;
  }

  private notes(): TemplateResult {
    const { metadata } = this.job;
    return html`${metadata.reference_applied === false
      ? html`<ov-banner tone="warn">The reference was not applied; this was made without it.</ov-banner>`
      : ''}${metadata.negative_prompt
      ? html`<p class="more-facts"><b>Without</b> ${metadata.negative_prompt}</p>`
      : ''}${metadata.enhanced_prompt && metadata.enhanced_by !== 'none'
      ? html`<p class="more-facts"><b>Enhanced</b> ${metadata.enhanced_prompt}</p>`
      : ''}`;
  }

  /** One tile a picture, from the first moment on. */
  private placeholders(): TemplateResult {
    const { job } = this;
    const { ratio } = this;
    const pictures = Array.from({ length: job.metadata.num_images ?? 1 });
    return html`<div class="grid ${pictures.length === 1 ? 'one' : 'several'} ${ratio < 1 ? 'tall' : ''}">
      ${pictures.map(
        () =>
          html`<ov-pending-tile
            .ratio=${ratio}
            .headline=${headline(job)}
            .detail=${remaining(job)}
            .progress=${job.status === 'processing' ? (job.progress ?? 0) : -1}
            .preview=${job.preview ? `${job.preview}?at=${job.progress ?? 0}` : ''}
          ></ov-pending-tile>`,
      )}
    </div>`;
  }

  private failed(): TemplateResult {
    return html`<ov-banner tone="bad">
        <strong>${this.job.error_message ?? 'The job failed.'}</strong>
        The credits are back. Try again, or change the settings first.
      </ov-banner>
      <div class="failed-actions">
        <button class="button small" @click=${() => submissions.again(this.job.id)}>${icon('retry', 16)}Try again</button>
        <button class="button small quiet" @click=${() => this.reuse('settings')}>Change the settings</button>
      </div>`;
  }

  private cancelButton(): TemplateResult {
    return html`<button class="button small" @click=${this.cancel}>Cancel</button>`;
  }

  private endedActions(): TemplateResult {
    return html`<ov-menu label="Reuse" .items=${this.reuses()}>${icon('reuse', 18)}</ov-menu>
      ${this.job.status === 'completed' && this.shownAssets().length > 1
        ? html`<a
            class="icon-button small quiet"
            href=${`/api/jobs/${this.job.id}/zip`}
            download
            aria-label="Download all as a ZIP"
            title="Download all as a ZIP"
          >
            ${icon('download', 18)}
          </a>`
        : ''}
      ${this.job.status === 'completed'
        ? html`<button
            class="icon-button small quiet"
            aria-label="Delete"
            title="Delete"
            @click=${() => deleteAssets(this.shownAssets())}
          >
            ${icon('trash', 18)}
          </button>`
        : ''}`;
  }

  private reuses(): MenuItem[] {
    const seed = jobTypes.get(this.job.job_type)?.seed ?? true;
    return [
      { label: 'Use the prompt', icon: 'reuse', run: () => this.reuse('prompt') },
      ...(seed ? [{ label: 'Use the seed', icon: 'lock', run: () => this.reuse('seed') } as MenuItem] : []),
      { label: 'Use all settings', icon: 'copy', run: () => this.reuse('settings') },
      { label: 'Remix without the seed', icon: 'dice', run: () => this.reuse('remix') },
      { label: 'Make exactly this again', icon: 'retry', run: () => void submissions.again(this.job.id) },
    ];
  }

  private reuse(what: Reuse): void {
    tell(this, 'ov-reuse', { jobId: this.job.id, what });
  }

  private shownAssets(): string[] {
    return this.job.assets.map(assetId).filter((id) => !assets.isGone(id));
  }

  private async cancel(): Promise<void> {
    try {
      await jobs.cancel(this.job.id);
      toasts.show({ text: 'Cancelled; the credits are back.' });
    } catch (e) {
      toasts.failure(asApiError(e), 'Not cancelled');
    }
  }
}

function headline(job: Job): string {
  if (job.status === 'queued') {
    return job.queue_position ? `Position ${job.queue_position} in the queue` : 'Queued';
  }
  return `${job.progress ?? 0} %${job.stage ? ` · ${job.stage}` : ''}`;
}

function remaining(job: Job): string {
  return job.eta_seconds === undefined ? '' : `about ${duration(job.eta_seconds)} left`;
}

customElements.define('ov-job-card', OvJobCard);
