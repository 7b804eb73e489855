import { LitElement, html } from 'lit';
import './ledger-section.ts';
import './overview-section.ts';
import './users-section.ts';
import { router } from '../base/router.ts';
import { session } from '../base/session.ts';
import { Watch } from '../base/store.ts';
import '../components/empty.ts';
import { base } from '../components/controls.ts';
import { sectioned, sectionStyles, type Section } from '../components/sections.ts';

const SECTIONS: Section[] = [
  { path: '/admin', label: 'Monitoring', icon: 'admin', render: () => html`<ov-overview></ov-overview>` },
  { path: '/admin/users', label: 'Users', icon: 'account', render: () => html`<ov-users></ov-users>` },
  { path: '/admin/ledger', label: 'Ledger', icon: 'coin', render: () => html`<ov-ledger></ov-ledger>` },
];

/** What administrators look after: how the platform does, its users, and its books. */
export class OvAdmin extends LitElement {
  protected readonly watch = new Watch(this, router, session);

  static override styles = [base, sectionStyles];

  protected override render() {
    return session.current?.admin ? sectioned('Administration', SECTIONS, router.path) : forbidden();
  }
}

function forbidden() {
  return html`<h1>Administration</h1>
    <ov-empty icon="lock" heading="This is for administrators">
      You are signed in as ${session.current?.user}, who is none. If you should be one, ask whoever runs this platform; your own
      credits, uploads and webhooks are under <a href="/account">Account</a>.
    </ov-empty>`;
}

customElements.define('ov-admin', OvAdmin);
