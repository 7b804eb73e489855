import { LitElement, css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '../components/empty.ts';
import './job-card.ts';
import './pending-tile.ts';
import { buttons, base } from '../components/controls.ts';
import { asApiError } from '../base/api.ts';
import { assets } from '../base/assets.ts';
import { assetId, count } from '../base/format.ts';
import { isOpen, jobs } from '../base/jobs.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import type { Job } from '../base/types.ts';
import { submissions, type Sending } from './submissions.ts';

/** What was ordered, newest first: placeholders, then results. */
export class OvFeed extends LitElement {
  static override properties = { loading: { state: true } };

  private loading = false;
  protected readonly watch = new Watch(this, jobs, assets, submissions);

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
        align-content: start;
        min-width: 0;
      }
      .running {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        color: var(--text-soft);
        font-size: var(--size-2);
      }
      ol {
        display: grid;
        gap: var(--space-4);
      }
      .sending {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(12rem, 44%), 1fr));
        gap: var(--space-2);
      }
      .more {
        justify-self: center;
      }
    `,
  ];

  protected override render() {
    const shown = jobs.list().filter(visible);
    const open = shown.filter(isOpen);
    return html`<h2 class="unseen">Results</h2>
      ${open.length > 1
        ? html`<div class="running">
            <span>${count(open.length, 'job')} under way</span>
            <button class="button small" @click=${() => this.cancelAll(open)}>Cancel all</button>
          </div>`
        : ''}
      <ol>
        ${submissions.sending.map((sending) => this.sending(sending))}
        ${repeat(
          shown,
          (job) => job.id,
          (job) => html`<li><ov-job-card .job=${job}></ov-job-card></li>`,
        )}
      </ol>
      ${jobs.loaded && !shown.length && !submissions.sending.length
        ? html`<ov-empty icon="image" heading="Nothing here yet">
            Write what you would like to see, choose a type, and make it. Results appear here.
          </ov-empty>`
        : ''}
      ${jobs.hasMore
        ? html`<button class="button more" ?disabled=${this.loading} @click=${this.more}>Show older</button>`
        : ''}`;
  }

  private sending(sending: Sending) {
    return html`<li class="sending" aria-label="Being sent">
      ${Array.from(
        { length: sending.quantity },
        () => html`<ov-pending-tile .ratio=${sending.ratio} headline="Sending …"></ov-pending-tile>`,
      )}
    </li>`;
  }

  private async cancelAll(open: Job[]): Promise<void> {
    const results = await Promise.allSettled(open.map((job) => jobs.cancel(job.id)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) {
      toasts.failure(asApiError(failed.reason), 'Not all could be cancelled');
    } else {
      toasts.show({ text: `${count(open.length, 'job')} cancelled; the credits are back.` });
    }
  }

  private async more(): Promise<void> {
    this.loading = true;
    try {
      await jobs.more();
    } catch (e) {
      toasts.failure(asApiError(e));
    } finally {
      this.loading = false;
    }
  }
}

/** Not what was cancelled, and not what has been deleted. */
function visible(job: Job): boolean {
  if (job.status === 'completed') {
    return job.assets.some((url) => !assets.isGone(assetId(url)));
  }
  return !job.metadata.cancelled;
}

customElements.define('ov-feed', OvFeed);
