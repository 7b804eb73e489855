import { LitElement, css, html, type TemplateResult } from 'lit';
import '../components/empty.ts';
import '../components/problem.ts';
import { asApiError, get, query } from '../base/api.ts';
import { assets } from '../base/assets.ts';
import { tell } from '../base/events.ts';
import { moment, typeName } from '../base/format.ts';
import { Pages } from '../base/pages.ts';
import { session } from '../base/session.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import type { AssetPage, CreditEntry, Credits } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { panels } from '../components/sections.ts';
import { table, tables, type Column } from '../components/table.ts';

const PAGE = 20;

/** The balance, and what it is the sum of. */
export class OvCredits extends LitElement {
  private readonly entries = new Pages<CreditEntry>((cursor) => this.page(cursor));
  protected readonly watch = new Watch(this, this.entries, session);

  static override styles = [
    controls,
    panels,
    tables,
    css`
      .balance {
        display: flex;
        align-items: baseline;
        gap: var(--space-2);
        font-size: var(--size-6);
        font-weight: 700;
        font-variant-numeric: tabular-nums;
        letter-spacing: -0.02em;
      }
      .balance small {
        color: var(--text-soft);
        font-size: var(--size-3);
        font-weight: 500;
        letter-spacing: 0;
      }
      .what {
        font-weight: 550;
      }
      .prompt {
        display: -webkit-box;
        overflow: hidden;
        color: var(--text-soft);
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      .plus {
        color: var(--good);
      }
      .more {
        justify-self: center;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.entries.reload();
  }

  protected override render() {
    return html`<section class="panel" aria-labelledby="balance">
        <div>
          <h2 id="balance">Balance</h2>
          <p class="balance">
            ${(session.current?.balance ?? 0).toLocaleString('en')}
            <small>${session.current?.balance === 1 ? 'credit' : 'credits'}</small>
          </p>
          <p class="about">
            A job is paid when it is accepted. One that fails or is cancelled before anything was made is given back in full.
            ${session.current?.balance ? '' : 'Ask the operator of this platform for more.'}
          </p>
        </div>
      </section>
      <section class="panel" aria-labelledby="entries">
        <h2 id="entries">History</h2>
        <ov-problem
          what="The history cannot be shown"
          .error=${this.entries.error}
          @retry=${() => this.entries.reload()}
        ></ov-problem>
        ${this.list()}
      </section>`;
  }

  private list(): TemplateResult {
    if (this.entries.loaded && !this.entries.items.length) {
      return html`<ov-empty icon="coin" heading="Nothing yet">What you are given and what you spend shows here.</ov-empty>`;
    }
    const columns: Column<CreditEntry>[] = [
      { heading: 'What', wide: true, show: what },
      { heading: 'When', show: (entry) => html`<span class="soft">${moment(entry.created_at)}</span>` },
      { heading: 'Credits', number: true, show: amount },
      { heading: 'Result', show: (entry) => this.result(entry) },
    ];
    return html`${this.entries.items.length ? table('Credits, newest first', columns, this.entries.items) : ''}
    ${this.entries.more
      ? html`<button class="button more" ?disabled=${this.entries.loading} @click=${() => this.entries.showMore()}>
          ${this.entries.loading ? 'Loading …' : 'Show more'}
        </button>`
      : ''}`;
  }

  private result(entry: CreditEntry): unknown {
    const paidBack = this.entries.items.some((other) => other.kind === 'refund' && other.job_id === entry.job_id);
    if (entry.kind !== 'charge' || !entry.job_id || paidBack) {
      return html`<span class="none faint">–</span>`;
    }
    const job = entry.job_id;
    return html`<button
      class="button small"
      aria-label=${`Show the result of ${entry.prompt ?? 'this job'}`}
      @click=${() => this.open(job)}
    >
      ${icon('image', 16)}Show
    </button>`;
  }

  private async open(job: string): Promise<void> {
    try {
      const made = (await get<AssetPage>('/api/assets' + query({ job_id: job }))).assets;
      const first = made[0];
      if (!first) {
        toasts.show({ text: 'There is nothing to show.', advice: 'It is not done yet, it failed, or it was deleted.' });
        return;
      }
      assets.take(made);
      tell(this, 'ov-open-asset', { id: first.id, ids: made.map((asset) => asset.id) });
    } catch (e) {
      toasts.failure(asApiError(e), 'The result cannot be shown');
    }
  }

  private async page(cursor?: string): Promise<{ items: CreditEntry[]; next?: string }> {
    const credits = await get<Credits>('/api/credits' + query({ limit: PAGE, cursor }));
    if (session.current && session.current.balance !== credits.balance) {
      void session.refresh().catch(() => undefined);
    }
    return { items: credits.entries, next: credits.next_cursor };
  }
}

function what(entry: CreditEntry): TemplateResult {
  return html`<div class="what">${title(entry)}</div>
    <div class="prompt">${entry.note ?? entry.prompt ?? ''}</div>`;
}

function title(entry: CreditEntry): string {
  const job = entry.job_type ? typeName(entry.job_type) : 'A job';
  switch (entry.kind) {
    case 'grant':
      return 'Credits added';
    case 'charge':
      return job;
    case 'refund':
      return `Given back: ${job}`;
  }
}

function amount(entry: CreditEntry): TemplateResult {
  return entry.amount > 0
    ? html`<span class="plus">+${entry.amount.toLocaleString('en')}</span>`
    : html`<span>−${Math.abs(entry.amount).toLocaleString('en')}</span>`;
}

customElements.define('ov-credits', OvCredits);
