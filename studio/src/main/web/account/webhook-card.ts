import { LitElement, css, html } from 'lit';
import '../components/dialog.ts';
import '../components/menu.ts';
import '../components/secret.ts';
import './webhook-deliveries.ts';
import { asApiError, del, patch, post } from '../base/api.ts';
import { day, moment } from '../base/format.ts';
import { toasts } from '../base/toasts.ts';
import type { Webhook, WebhookTested, WebhookWithSecret } from '../base/types.ts';
import { confirmed } from '../components/confirm.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import type { MenuItem } from '../components/menu.ts';
import { panels } from '../components/sections.ts';

/** One webhook and what can be done with it. Fires `changed` with it, and `deleted`. */
export class OvWebhook extends LitElement {
  static override properties = {
    webhook: { attribute: false },
    testing: { state: true },
    log: { state: true },
    secret: { state: true },
  };

  webhook!: Webhook;
  private testing = false;
  private log = false;
  private secret = '';

  static override styles = [
    controls,
    panels,
    css`
      header > div:first-child {
        display: grid;
        flex: 1 1 16rem;
        gap: var(--space-1);
        min-width: 0;
      }
      h3 {
        font-size: var(--size-3);
        font-weight: 600;
      }
      .actions {
        align-items: center;
      }
    `,
  ];

  protected override render() {
    const webhook = this.webhook;
    return html`<section class="panel" aria-labelledby="url">
      <header>
        <div>
          <h3 id="url" class="mono">${webhook.url}</h3>
          ${webhook.description ? html`<p class="soft about">${webhook.description}</p>` : ''}
          <p>
            <span class=${`pill ${webhook.enabled ? 'good' : ''}`}>${webhook.enabled ? 'On' : 'Off'}</span>
            <span class="hint">Added ${day(webhook.created_at)}</span>
            ${webhook.old_secret_until
              ? html`<span class="hint">· The old secret signs too until ${moment(webhook.old_secret_until)}</span>`
              : ''}
          </p>
        </div>
        <div class="actions">
          <button class="button small" ?disabled=${this.testing} @click=${this.test}>
            ${this.testing ? 'Sending …' : 'Send a test'}
          </button>
          <button class="button small" aria-expanded=${this.log ? 'true' : 'false'} @click=${() => (this.log = !this.log)}>
            ${icon('clock', 16)}Deliveries
          </button>
          <ov-menu label=${`More for ${webhook.url}`} .items=${this.items()}></ov-menu>
        </div>
      </header>
      ${this.log ? html`<ov-webhook-deliveries .webhook=${webhook.id}></ov-webhook-deliveries>` : ''}
      <ov-dialog heading="The new secret" .open=${this.secret !== ''} @close=${() => (this.secret = '')}>
        <div class="stack">
          <p>For a day events are signed with the old secret as well, so that nothing is lost while you change your server.</p>
          <div><ov-secret label="Signing secret" .value=${this.secret}></ov-secret></div>
        </div>
      </ov-dialog>
    </section>`;
  }

  private items(): MenuItem[] {
    return [
      { label: this.webhook.enabled ? 'Switch off' : 'Switch on', icon: 'link', run: () => void this.toggle() },
      { label: 'Make a new secret', icon: 'key', run: () => void this.rotate() },
      { label: 'Delete', icon: 'trash', danger: true, run: () => void this.delete() },
    ];
  }

  private async test(): Promise<void> {
    this.testing = true;
    await this.attempt('The test failed', async () => {
      const result = await post<WebhookTested>(`/api/webhooks/${this.webhook.id}/test`);
      toasts.show(
        result.success
          ? { text: `Your server took the test${result.status ? ` and answered ${result.status}` : ''}.` }
          : {
              text: `Your server did not take the test${result.status ? `: it answered ${result.status}` : ''}. ${result.answer}`,
              advice: 'Check that it runs, can be reached from here, and answers with a status of 200 to 299.',
              tone: 'bad',
            },
      );
    });
    this.testing = false;
  }

  private toggle(): Promise<void> {
    return this.attempt('Nothing was changed', async () => {
      const answer = await patch<{ webhook: Webhook }>(`/api/webhooks/${this.webhook.id}`, { enabled: !this.webhook.enabled });
      this.changed(answer.webhook);
      toasts.show({ text: `The webhook is ${answer.webhook.enabled ? 'on' : 'off'}.` });
    });
  }

  private async rotate(): Promise<void> {
    const yes = await confirmed({
      heading: 'Make a new secret?',
      text: 'Your server has to know it within a day; until then events are signed with the old one as well.',
      action: 'Make a new secret',
    });
    if (yes) {
      await this.attempt('There is no new secret', async () => {
        const answer = await post<WebhookWithSecret>(`/api/webhooks/${this.webhook.id}/rotate`);
        this.changed(answer.webhook);
        this.secret = answer.secret;
      });
    }
  }

  private async delete(): Promise<void> {
    const yes = await confirmed({
      heading: 'Delete this webhook?',
      text: `Nothing is sent to ${this.webhook.url} any more, and its deliveries are forgotten.`,
      action: 'Delete',
    });
    if (yes) {
      await this.attempt('Deleting failed', async () => {
        await del(`/api/webhooks/${this.webhook.id}`);
        toasts.show({ text: 'The webhook is deleted.' });
        this.dispatchEvent(new Event('deleted'));
      });
    }
  }

  private changed(webhook: Webhook): void {
    this.dispatchEvent(new CustomEvent('changed', { detail: webhook }));
  }

  private async attempt(failure: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (e) {
      toasts.failure(asApiError(e), failure);
    }
  }
}

customElements.define('ov-webhook', OvWebhook);
