import { LitElement, html } from 'lit';
import './appearance-section.ts';
import './credits-section.ts';
import './security-section.ts';
import './uploads-section.ts';
import './webhooks-section.ts';
import { router } from '../base/router.ts';
import { Watch } from '../base/store.ts';
import { base } from '../components/controls.ts';
import { sectioned, sectionStyles, type Section } from '../components/sections.ts';

const SECTIONS: Section[] = [
  { path: '/account', label: 'Credits', icon: 'coin', render: () => html`<ov-credits></ov-credits>` },
  { path: '/account/uploads', label: 'Uploads', icon: 'upload', render: () => html`<ov-uploads></ov-uploads>` },
  { path: '/account/security', label: 'Sign-in', icon: 'key', render: () => html`<ov-security></ov-security>` },
  { path: '/account/webhooks', label: 'Webhooks', icon: 'link', render: () => html`<ov-webhooks></ov-webhooks>` },
  { path: '/account/appearance', label: 'Appearance', icon: 'sun', render: () => html`<ov-appearance></ov-appearance>` },
];

/** What belongs to the user: credits, uploads, ways to sign in, webhooks, and how the studio looks. */
export class OvAccount extends LitElement {
  protected readonly watch = new Watch(this, router);

  static override styles = [base, sectionStyles];

  protected override render() {
    return sectioned('Account', SECTIONS, router.path);
  }
}

customElements.define('ov-account', OvAccount);
