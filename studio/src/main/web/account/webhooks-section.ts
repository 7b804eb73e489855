import { LitElement, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '../components/empty.ts';
import '../components/problem.ts';
import './webhook-card.ts';
import './webhook-dialog.ts';
import { get } from '../base/api.ts';
import { Pages } from '../base/pages.ts';
import { Watch } from '../base/store.ts';
import type { Webhook } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { panels } from '../components/sections.ts';

/** The user's webhooks. */
export class OvWebhooks extends LitElement {
  static override properties = { adding: { state: true } };

  private readonly webhooks = new Pages<Webhook>(async () => ({
    items: (await get<{ webhooks: Webhook[] }>('/api/webhooks')).webhooks,
  }));
  protected readonly watch = new Watch(this, this.webhooks);
  private adding = false;

  static override styles = [controls, panels];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.webhooks.reload();
  }

  protected override render() {
    return html`<section class="panel" aria-labelledby="heading">
        <header>
          <div>
            <h2 id="heading">Webhooks</h2>
            <p class="about">
              The platform tells your own server when a job is done: a signed POST to each address here, tried again for hours when the
              server is away.
            </p>
          </div>
          <button class="button" @click=${() => (this.adding = true)}>${icon('plus', 18)}Add a webhook</button>
        </header>
        <ov-problem
          what="Your webhooks cannot be shown"
          .error=${this.webhooks.error}
          @retry=${() => this.webhooks.reload()}
        ></ov-problem>
        ${this.webhooks.loaded && !this.webhooks.items.length
          ? html`<ov-empty icon="link" heading="No webhooks">
              Programs can also ask, but being told is quicker. Add the address of a server of yours.
            </ov-empty>`
          : ''}
      </section>
      ${repeat(
        this.webhooks.items,
        (webhook) => webhook.id,
        (webhook) => this.card(webhook),
      )}
      <ov-webhook-dialog
        .open=${this.adding}
        @close=${() => (this.adding = false)}
        @added=${() => this.webhooks.reload()}
      ></ov-webhook-dialog>`;
  }

  private card(webhook: Webhook): TemplateResult {
    const same = (other: Webhook) => other.id === webhook.id;
    return html`<ov-webhook
      .webhook=${webhook}
      @changed=${(event: CustomEvent<Webhook>) => this.webhooks.replace(same, event.detail)}
      @deleted=${() => this.webhooks.remove(same)}
    ></ov-webhook>`;
  }
}

customElements.define('ov-webhooks', OvWebhooks);
