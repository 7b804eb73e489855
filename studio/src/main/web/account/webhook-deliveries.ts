import { LitElement, css, html } from 'lit';
import '../components/problem.ts';
import { asApiError, get, post, query } from '../base/api.ts';
import { moment } from '../base/format.ts';
import { Pages } from '../base/pages.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import type { WebhookDelivery } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { panels } from '../components/sections.ts';
import { table, tables, type Column } from '../components/table.ts';

const PAGE = 10;
const STATES = {
  pending: { label: 'On its way', tone: 'warn' },
  delivered: { label: 'Delivered', tone: 'good' },
  dead: { label: 'Given up', tone: 'bad' },
} as const;

/** What was sent to a webhook in the last 30 days, and what became of it. */
export class OvWebhookDeliveries extends LitElement {
  static override properties = { webhook: {} };

  /** Its id. */
  webhook = '';
  private readonly deliveries = new Pages<WebhookDelivery>((cursor) => this.page(cursor));
  protected readonly watch = new Watch(this, this.deliveries);

  static override styles = [
    controls,
    panels,
    tables,
    css`
      .more {
        justify-self: center;
      }
    `,
  ];

  protected override firstUpdated(): void {
    void this.deliveries.reload();
  }

  protected override render() {
    const columns: Column<WebhookDelivery>[] = [
      { heading: 'Event', show: (delivery) => html`<span class="mono">${delivery.type}</span>` },
      { heading: 'State', show: state },
      { heading: 'Last answer', wide: true, show: answer },
      { heading: 'When', show: when },
      { heading: 'Again', show: (delivery) => this.again(delivery) },
    ];
    return html`<ov-problem
        what="The deliveries cannot be shown"
        .error=${this.deliveries.error}
        @retry=${() => this.deliveries.reload()}
      ></ov-problem>
      ${this.deliveries.items.length
        ? table('Deliveries, newest first', columns, this.deliveries.items)
        : this.deliveries.loaded
          ? html`<p class="soft">Nothing was sent yet. Each job that ends is told here.</p>`
          : ''}
      <div class="actions">
        <button class="button small" ?disabled=${this.deliveries.loading} @click=${() => this.deliveries.reload()}>
          ${icon('retry', 16)}Refresh
        </button>
        ${this.deliveries.more
          ? html`<button class="button small" ?disabled=${this.deliveries.loading} @click=${() => this.deliveries.showMore()}>
              Show more
            </button>`
          : ''}
      </div>`;
  }

  private again(delivery: WebhookDelivery) {
    return html`<button
      class="button small"
      aria-label=${`Send ${delivery.type} of ${moment(delivery.created_at)} again`}
      @click=${() => this.retry(delivery)}
    >
      Send again
    </button>`;
  }

  private async retry(delivery: WebhookDelivery): Promise<void> {
    try {
      const path = `/api/webhooks/${this.webhook}/deliveries/${delivery.id}/retry`;
      const answer = await post<{ delivery: WebhookDelivery }>(path);
      this.deliveries.replace((other) => other.id === delivery.id, answer.delivery);
      toasts.show({ text: 'It is sent again.' });
    } catch (e) {
      toasts.failure(asApiError(e), 'It is not sent again');
    }
  }

  private async page(cursor?: string): Promise<{ items: WebhookDelivery[]; next?: string }> {
    const path = `/api/webhooks/${this.webhook}/deliveries` + query({ limit: PAGE, cursor });
    const page = await get<{ deliveries: WebhookDelivery[]; next_cursor?: string }>(path);
    return { items: page.deliveries, next: page.next_cursor };
  }
}

function state(delivery: WebhookDelivery) {
  const { label, tone } = STATES[delivery.state];
  const tries = delivery.attempts > 1 ? `, ${delivery.attempts} tries` : '';
  return html`<span class=${`pill ${tone}`}>${label}${tries}</span>`;
}

function answer(delivery: WebhookDelivery) {
  const said = [delivery.last_status, delivery.last_answer].filter((part) => part !== undefined && part !== '').join(' ');
  return said ? html`<span class="soft">${said}</span>` : html`<span class="none faint">–</span>`;
}

function when(delivery: WebhookDelivery) {
  return html`<span class="soft">
    ${moment(delivery.last_try_at ?? delivery.created_at)}${delivery.next_try_at
      ? html`<br />next: ${moment(delivery.next_try_at)}`
      : ''}
  </span>`;
}

customElements.define('ov-webhook-deliveries', OvWebhookDeliveries);
