import { LitElement, html } from 'lit';
import { base } from '../components/controls.ts';

/** The Admin view. */
export class OvAdmin extends LitElement {
  static override styles = [base];

  protected override render() {
    return html`<h1>Admin</h1>`;
  }
}

customElements.define('ov-admin', OvAdmin);
