import { html, type TemplateResult } from 'lit';
import { post } from '../base/api.ts';
import { toasts } from '../base/toasts.ts';
import type { UserAccount } from '../base/types.ts';
import { FormDialog } from './form-dialog.ts';

/** Sets a user's password. Fires `changed` with the user as they are then. */
export class OvUserPassword extends FormDialog {
  protected heading(): string {
    return `Set a password for ${this.user}`;
  }

  protected content(): TemplateResult {
    return this.form(
      html`<div class="field"><label class="field">
        <span class="label">New password</span>
        <input name="password" autocomplete="off" spellcheck="false" required minlength="8" maxlength="72" aria-describedby="rule" /></label>
        <span class="hint" id="rule">
          At least 8 characters. Tell it to them in person; they can change it under Account. Their tokens and sign-ins end now.
        </span>
      </div>`,
      'Set the password',
    );
  }

  protected async send(given: FormData): Promise<void> {
    const body = { name: this.user, password: given.get('password') };
    const { user } = await post<{ user: UserAccount }>('/api/admin/users/password', body);
    toasts.show({ text: `${user.name} has a new password.` });
    this.dispatchEvent(new CustomEvent('changed', { detail: user }));
    this.closed();
  }
}

customElements.define('ov-user-password', OvUserPassword);
