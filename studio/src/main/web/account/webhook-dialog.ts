import { LitElement, css, html, type TemplateResult } from 'lit';
import '../components/dialog.ts';
import '../components/secret.ts';
import { asApiError, post, type ApiError } from '../base/api.ts';
import type { WebhookWithSecret } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { focusField } from '../components/focus.ts';
import { panels } from '../components/sections.ts';

/** Asks for the address of a new webhook, and shows its secret. Fires `added` and `close`. */
export class OvWebhookDialog extends LitElement {
  static override properties = {
    open: { type: Boolean },
    made: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  open = false;
  private made: WebhookWithSecret | undefined;
  private error: ApiError | undefined;
  private busy = false;

  static override styles = [
    controls,
    panels,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('open') && this.open) {
      focusField(this);
    }
  }

  protected override render() {
    return html`<ov-dialog
      .heading=${this.made ? 'The webhook is added' : 'Add a webhook'}
      .open=${this.open}
      @close=${this.closed}
    >
      ${this.made ? this.secret(this.made) : this.form()}
    </ov-dialog>`;
  }

  private form(): TemplateResult {
    return html`<form @submit=${this.submit}>
      <label class="field">
        <span class="label">Address</span>
        <input name="url" required maxlength="2048" inputmode="url" placeholder="https://example.com/ourvidz" autocomplete="off" spellcheck="false" />
      </label>
      <label class="field">
        <span class="label">What it is for (optional)</span>
        <input name="description" maxlength="200" autocomplete="off" />
      </label>
      <p class="problem" role="alert" ?hidden=${!this.error}>${this.error?.message} ${this.error?.suggestedAction}</p>
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Adding …' : 'Add'}</button>
      </div>
    </form>`;
  }

  private secret(made: WebhookWithSecret): TemplateResult {
    return html`<div class="stack">
      <p>Your server checks with this secret that an event is from here, as Standard Webhooks describe it.</p>
      <div><ov-secret label="Signing secret" .value=${made.secret}></ov-secret></div>
      <div><button class="button primary" @click=${this.closed}>Done</button></div>
    </div>`;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    this.busy = true;
    this.error = undefined;
    try {
      this.made = await post<WebhookWithSecret>('/api/webhooks', {
        url: String(given.get('url')).trim(),
        description: String(given.get('description')),
      });
      this.dispatchEvent(new Event('added'));
    } catch (e) {
      this.error = asApiError(e);
    } finally {
      this.busy = false;
    }
  }

  private closed(): void {
    this.made = undefined;
    this.error = undefined;
    this.renderRoot.querySelector('form')?.reset();
    this.open = false;
    this.dispatchEvent(new Event('close'));
  }
}

customElements.define('ov-webhook-dialog', OvWebhookDialog);
