import { html, type TemplateResult } from 'lit';
import '../components/segmented.ts';
import type { OvSegmented } from '../components/segmented.ts';
import { post } from '../base/api.ts';
import { toasts } from '../base/toasts.ts';
import type { UserAccount } from '../base/types.ts';
import { FormDialog } from './form-dialog.ts';
import { tokenOf } from './user-token-dialog.ts';

const WAYS = [
  { value: 'token', label: 'With a link or token' },
  { value: 'password', label: 'With a password' },
];

/** Adds a user, who signs in with a password or with a token that is shown once. Fires `added`. */
export class OvAddUser extends FormDialog {
  static override properties = { ...FormDialog.properties, way: { state: true }, token: { state: true }, added: { state: true } };

  private way = 'token';
  private token = '';
  private added = '';

  protected heading(): string {
    return this.token ? `${this.added} is added` : 'Add a user';
  }

  protected content(): TemplateResult {
    return this.token ? tokenOf(this.added, this.token, () => this.closed()) : this.form(this.fields(), 'Add');
  }

  private fields(): TemplateResult {
    return html`<label class="field">
        <span class="label">Name</span>
        <input name="name" required maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false" />
      </label>
      <ov-segmented
        label="How they sign in"
        .choices=${WAYS}
        .value=${this.way}
        @change=${(event: Event) => (this.way = (event.target as OvSegmented).value)}
      ></ov-segmented>
      ${this.way === 'password'
        ? html`<div class="field"><label class="field">
            <span class="label">Password</span>
            <input name="password" autocomplete="off" spellcheck="false" required minlength="8" maxlength="72" aria-describedby="rule" /></label>
            <span class="hint" id="rule">At least 8 characters. They can change it under Account.</span>
          </div>`
        : html`<p class="hint">The token and a link are shown once, after the user is added.</p>`}
      <label class="check"><input type="checkbox" name="admin" />Administers the platform, as you do</label>`;
  }

  protected async send(given: FormData): Promise<void> {
    const body = {
      name: String(given.get('name')).trim(),
      password: this.way === 'password' ? given.get('password') : undefined,
      admin: given.has('admin'),
    };
    const { user } = await post<{ user: UserAccount }>('/api/admin/users', body);
    this.added = user.name;
    this.dispatchEvent(new Event('added'));
    if (this.way === 'token') {
      this.token = (await post<{ token: string }>('/api/admin/users/token', { name: user.name })).token;
    } else {
      toasts.show({ text: `${user.name} is added and can sign in.` });
      this.closed();
    }
  }

  protected override closed(): void {
    this.token = '';
    this.way = 'token';
    super.closed();
  }
}

customElements.define('ov-add-user', OvAddUser);
