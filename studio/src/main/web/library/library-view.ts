import { LitElement, html } from 'lit';
import { base } from '../components/controls.ts';

/** The Library view. */
export class OvLibrary extends LitElement {
  static override styles = [base];

  protected override render() {
    return html`<h1>Library</h1>`;
  }
}

customElements.define('ov-library', OvLibrary);
