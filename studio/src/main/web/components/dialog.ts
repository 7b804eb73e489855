import { LitElement, css, html } from 'lit';
import { base, buttons } from './controls.ts';
import { icon } from './icon.ts';

/**
 * A modal dialog with a heading, its content, and a `footer` slot. Focus stays inside, begins at what has `autofocus`, and returns to
 * where it was. Set `open`; it fires `close` when the user closes it.
 */
export class OvDialog extends LitElement {
  static override properties = {
    open: { type: Boolean },
    heading: {},
    wide: { type: Boolean, reflect: true },
    fixed: { type: Boolean },
  };

  open = false;
  heading = '';
  /** For pictures and tables. */
  wide = false;
  /** Without a close button: only what is inside closes it. */
  fixed = false;

  static override styles = [
    base,
    buttons,
    css`
      dialog {
        width: min(30rem, calc(100vw - 2rem));
        max-height: calc(100dvh - 2rem);
        padding: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-3);
        background: var(--surface-1);
        color: var(--text);
        box-shadow: var(--shadow-2);
        overflow: hidden;
      }
      :host([wide]) dialog {
        width: min(60rem, calc(100vw - 2rem));
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
        animation: rise var(--calm) var(--ease);
      }
      dialog::backdrop {
        background: var(--surface-scrim);
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(0.5rem);
        }
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        min-height: 3.5rem;
        padding: var(--space-3) var(--space-3) var(--space-2) var(--space-5);
      }
      h2 {
        font-size: var(--size-4);
        font-weight: 650;
      }
      .content {
        padding: var(--space-1) var(--space-5) var(--space-5);
        overflow: auto;
      }
      ::slotted([slot='footer']) {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--space-2);
        padding: var(--space-3) var(--space-5);
        border-top: 1px solid var(--line);
      }
    `,
  ];

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (this.open && !dialog?.open) {
      dialog?.showModal();
      this.querySelector<HTMLElement>('[autofocus]')?.focus();
    } else if (!this.open && dialog?.open) {
      dialog.close();
    }
  }

  protected override render() {
    return html`<dialog
      aria-labelledby="heading"
      @cancel=${this.cancelled}
      @close=${this.closed}
      @click=${this.outside}
    >
      <header>
        <h2 id="heading">${this.heading}</h2>
        ${this.fixed
          ? ''
          : html`<button class="icon-button quiet" aria-label="Close" @click=${() => this.close()}>
              ${icon('close')}
            </button>`}
      </header>
      <div class="content"><slot></slot></div>
      <slot name="footer"></slot>
    </dialog>`;
  }

  /** Says so at once: the element's own event comes later, when the same key may have opened the dialog again. */
  close(): void {
    this.renderRoot.querySelector('dialog')?.close();
    this.closed();
  }

  /** The choice of a file can be cancelled as well, and that says so here too. */
  private cancelled(event: Event): void {
    if (event.target !== event.currentTarget) {
      return;
    }
    event.preventDefault();
    if (!this.fixed) {
      this.close();
    }
  }

  private closed(): void {
    if (this.open) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    }
  }

  /** A click beside the dialog is one on the dialog element itself. */
  private outside(event: MouseEvent): void {
    if (!this.fixed && event.target === event.currentTarget) {
      this.close();
    }
  }
}

customElements.define('ov-dialog', OvDialog);
