import { html, type TemplateResult } from 'lit';
import '../components/problem.ts';
import '../components/secret.ts';
import { post } from '../base/api.ts';
import { FormDialog } from './form-dialog.ts';

/** Makes a token for a user, and shows it once. */
export class OvUserToken extends FormDialog {
  static override properties = { ...FormDialog.properties, token: { state: true } };

  private token = '';

  protected heading(): string {
    return `A token for ${this.user}`;
  }

  protected content(): TemplateResult {
    return this.token
      ? tokenOf(this.user, this.token, () => this.closed())
      : this.form(
          html`<p>
            Whoever has the token can do all that ${this.user} can, for 90 days. It signs a browser in by its link, too. Tokens that
            they have already go on.
          </p>`,
          'Make a token',
        );
  }

  protected async send(): Promise<void> {
    this.token = (await post<{ token: string }>('/api/admin/users/token', { name: this.user })).token;
  }

  protected override closed(): void {
    this.token = '';
    super.closed();
  }
}

/** The token, and the link that signs a browser in with it. */
export function tokenOf(user: string, token: string, done: () => void): TemplateResult {
  return html`<div class="stack">
    <div><ov-secret label=${`Token of ${user}`} .value=${token}></ov-secret></div>
    <div>
      <ov-secret label="Link that signs a browser in" .value=${`${location.origin}/login?token=${token}`}></ov-secret>
    </div>
    <div><button class="button primary" @click=${done}>Done</button></div>
  </div>`;
}

customElements.define('ov-user-token', OvUserToken);
