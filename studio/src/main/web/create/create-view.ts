import { LitElement, html } from 'lit';

/** The Create view. */
export class OvCreate extends LitElement {
  protected override render() {
    return html`<h1>Create</h1>`;
  }
}

customElements.define('ov-create', OvCreate);
