import { html, type TemplateResult } from 'lit';
import { post } from '../base/api.ts';
import { count } from '../base/format.ts';
import { toasts } from '../base/toasts.ts';
import type { UserAccount } from '../base/types.ts';
import { FormDialog } from './form-dialog.ts';

/** Gives a user credits. Fires `changed` with the user as they are then. */
export class OvGrant extends FormDialog {
  /** One for each opening: sending twice gives once. */
  private key = '';

  protected override opened(): void {
    this.key = crypto.getRandomValues(new Uint32Array(4)).join('-');
  }

  protected heading(): string {
    return `Give credits to ${this.user}`;
  }

  protected content(): TemplateResult {
    return this.form(
      html`<label class="field">
          <span class="label">Credits</span>
          <input name="credits" type="number" min="1" max="1000000000" step="1" required inputmode="numeric" />
        </label>
        <div class="field"><label class="field">
          <span class="label">Note (optional)</span>
          <input name="note" maxlength="500" autocomplete="off" aria-describedby="seen" /></label>
          <span class="hint" id="seen">The user sees it in the history of their credits.</span>
        </div>`,
      'Give credits',
    );
  }

  protected async send(given: FormData): Promise<void> {
    const credits = Number(given.get('credits'));
    const note = String(given.get('note')).trim();
    const { user } = await post<{ user: UserAccount }>(
      '/api/admin/grants',
      { name: this.user, credits, note },
      { idempotencyKey: this.key },
    );
    toasts.show({ text: `${count(credits, 'credit')} given to ${user.name}, who has ${user.balance.toLocaleString('en')} now.` });
    this.dispatchEvent(new CustomEvent('changed', { detail: user }));
    this.closed();
  }
}

customElements.define('ov-grant', OvGrant);
