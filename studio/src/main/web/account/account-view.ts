import { LitElement, html } from 'lit';
import { base } from '../components/controls.ts';

/** The Account view. */
export class OvAccount extends LitElement {
  static override styles = [base];

  protected override render() {
    return html`<h1>Account</h1>`;
  }
}

customElements.define('ov-account', OvAccount);
