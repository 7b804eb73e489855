import { LitElement, css, html, type TemplateResult } from 'lit';
import '../components/empty.ts';
import '../components/menu.ts';
import '../components/problem.ts';
import './add-user-dialog.ts';
import './grant-dialog.ts';
import './user-password-dialog.ts';
import './user-token-dialog.ts';
import { asApiError, get, post, query } from '../base/api.ts';
import { day } from '../base/format.ts';
import { Pages } from '../base/pages.ts';
import { session } from '../base/session.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import type { UserAccount } from '../base/types.ts';
import { confirmed, type Question } from '../components/confirm.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import type { MenuItem } from '../components/menu.ts';
import { panels } from '../components/sections.ts';
import { table, tables, type Column } from '../components/table.ts';

const PAGE = 25;
const PAUSE_MILLIS = 250;

type Dialog = 'add' | 'grant' | 'password' | 'token';

/** The users of the platform, and what can be done with each. */
export class OvUsers extends LitElement {
  static override properties = { dialog: { state: true }, chosen: { state: true } };

  private start = '';
  private typing: ReturnType<typeof setTimeout> | undefined;
  private dialog: Dialog | undefined;
  private chosen = '';
  private readonly users = new Pages<UserAccount>((cursor) => this.page(cursor));
  protected readonly watch = new Watch(this, this.users);

  static override styles = [
    controls,
    panels,
    tables,
    css`
      .search {
        max-width: 22rem;
      }
      .name {
        font-weight: 600;
      }
      .pills {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
        margin-top: var(--space-1);
      }
      .pills:empty {
        display: none;
      }
      .actions {
        flex-wrap: nowrap;
        align-items: center;
        justify-content: flex-end;
      }
      .more {
        justify-self: center;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.users.reload();
  }

  protected override render() {
    return html`<section class="panel" aria-labelledby="heading">
        <header>
          <div>
            <h2 id="heading">Users</h2>
            <p class="about">Who may use the platform. Those with a token of your identity provider come by themselves.</p>
          </div>
          <button class="button primary" @click=${() => this.show('add')}>${icon('plus', 18)}Add a user</button>
        </header>
        <label class="field search">
          <span class="label">Names that start with</span>
          <input type="search" autocomplete="off" spellcheck="false" @input=${this.search} />
        </label>
        <ov-problem what="The users cannot be shown" .error=${this.users.error} @retry=${() => this.users.reload()}></ov-problem>
        ${this.list()}
      </section>
      ${this.dialogs()}`;
  }

  private list(): TemplateResult {
    if (this.users.loaded && !this.users.items.length) {
      return html`<ov-empty icon="search" heading="Nobody">No name starts like this. Capital letters count.</ov-empty>`;
    }
    const columns: Column<UserAccount>[] = [
      { heading: 'User', wide: true, show: nameAndState },
      { heading: 'Credits', number: true, show: (user) => user.balance.toLocaleString('en') },
      { heading: 'Since', show: (user) => html`<span class="soft">${day(user.created_at)}</span>` },
      { heading: 'Actions', show: (user) => this.actions(user) },
    ];
    return html`${this.users.items.length ? table('Users, newest first', columns, this.users.items) : ''}
    ${this.users.more
      ? html`<button class="button more" ?disabled=${this.users.loading} @click=${() => this.users.showMore()}>
          ${this.users.loading ? 'Loading …' : 'Show more'}
        </button>`
      : ''}`;
  }

  private actions(user: UserAccount): TemplateResult {
    return html`<div class="actions">
      <button class="button small" aria-label=${`Give credits to ${user.name}`} @click=${() => this.show('grant', user.name)}>
        ${icon('coin', 16)}Give credits
      </button>
      <ov-menu label=${`More for ${user.name}`} .items=${this.items(user)}></ov-menu>
    </div>`;
  }

  private dialogs(): TemplateResult {
    const done = () => (this.dialog = undefined);
    const changed = (event: CustomEvent<UserAccount>) => this.changed(event.detail);
    return html`<ov-add-user .open=${this.dialog === 'add'} @close=${done} @added=${() => this.users.reload()}></ov-add-user>
      <ov-grant .open=${this.dialog === 'grant'} .user=${this.chosen} @close=${done} @changed=${changed}></ov-grant>
      <ov-user-password .open=${this.dialog === 'password'} .user=${this.chosen} @close=${done} @changed=${changed}></ov-user-password>
      <ov-user-token .open=${this.dialog === 'token'} .user=${this.chosen} @close=${done}></ov-user-token>`;
  }

  private items(user: UserAccount): MenuItem[] {
    const self = user.name === session.current?.user;
    const others: MenuItem[] = [
      user.admin
        ? { label: 'No administrator any more', icon: 'lock', run: () => void this.demote(user) }
        : { label: 'Make an administrator', icon: 'admin', run: () => void this.promote(user) },
      user.disabled
        ? { label: 'Let in again', icon: 'unlock', run: () => void this.send('enable', user, `${user.name} may sign in again.`) }
        : { label: 'Disable', icon: 'lock', danger: true, run: () => void this.disable(user) },
    ];
    return [
      { label: 'Make a token', icon: 'key', run: () => this.show('token', user.name) },
      { label: 'Set a password', icon: 'account', run: () => this.show('password', user.name) },
      { label: 'Sign out everywhere', icon: 'reuse', run: () => void this.revoke(user) },
      ...(self ? [] : others),
    ];
  }

  private promote(user: UserAccount): Promise<void> {
    return this.ask('promote', user, `${user.name} is an administrator.`, {
      heading: `Make ${user.name} an administrator?`,
      text: 'Administrators see and change all users, give credits, and can make and unmake administrators.',
      action: 'Make an administrator',
    });
  }

  private demote(user: UserAccount): Promise<void> {
    return this.ask('demote', user, `${user.name} is a user like others.`, {
      heading: `Take administration from ${user.name}?`,
      text: 'What they make stays theirs; they see the administration no more.',
      action: 'Take it away',
    });
  }

  private disable(user: UserAccount): Promise<void> {
    return this.ask('disable', user, `${user.name} is disabled.`, {
      heading: `Disable ${user.name}?`,
      text: 'They are signed out at once and cannot sign in until you let them in again. What they have made stays.',
      action: 'Disable',
    });
  }

  private revoke(user: UserAccount): Promise<void> {
    return this.ask('revoke-tokens', user, `${user.name} is signed out everywhere.`, {
      heading: `Sign ${user.name} out everywhere?`,
      text: 'All their browsers are signed out and all their tokens end. With a password they can sign in again.',
      action: 'Sign out everywhere',
    });
  }

  private async ask(action: string, user: UserAccount, done: string, question: Question): Promise<void> {
    if (await confirmed(question)) {
      await this.send(action, user, done);
    }
  }

  private async send(action: string, user: UserAccount, done: string): Promise<void> {
    try {
      const answer = await post<{ user: UserAccount }>(`/api/admin/users/${action}`, { name: user.name });
      this.changed(answer.user);
      toasts.show({ text: done });
    } catch (e) {
      toasts.failure(asApiError(e), 'Nothing was changed');
    }
  }

  private changed(user: UserAccount): void {
    this.users.replace((other) => other.name === user.name, user);
    if (user.name === session.current?.user) {
      void session.refresh().catch(() => undefined);
    }
  }

  private show(dialog: Dialog, user = ''): void {
    this.chosen = user;
    this.dialog = dialog;
  }

  private search(event: Event): void {
    this.start = (event.target as HTMLInputElement).value;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.users.reload(), PAUSE_MILLIS);
  }

  private async page(cursor?: string): Promise<{ items: UserAccount[]; next?: string }> {
    const path = '/api/admin/users' + query({ name: this.start, limit: PAGE, cursor });
    const page = await get<{ users: UserAccount[]; next_cursor?: string }>(path);
    return { items: page.users, next: page.next_cursor };
  }
}

function nameAndState(user: UserAccount): TemplateResult {
  return html`<div class="name">${user.name}</div>
    <div class="pills">
      ${user.admin ? html`<span class="pill warn">Administrator</span>` : ''}
      ${user.disabled ? html`<span class="pill bad">Disabled</span>` : ''}
      <span class="pill">${user.has_password ? 'Password' : 'Token only'}</span>
    </div>`;
}

customElements.define('ov-users', OvUsers);
