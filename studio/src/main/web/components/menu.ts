import { LitElement, css, html, type TemplateResult } from 'lit';
import { base, buttons } from './controls.ts';
import { icon, type IconName } from './icon.ts';

export interface MenuItem {
  label: string;
  icon: IconName;
  run: () => void;
  danger?: boolean;
}

/** A button that opens a list of actions. Arrow keys walk, Escape closes. The slot replaces the three dots. */
export class OvMenu extends LitElement {
  static override properties = { items: { attribute: false }, label: {}, open: { state: true } };

  items: MenuItem[] = [];
  label = 'More';
  private open = false;

  static override styles = [
    base,
    buttons,
    css`
      :host {
        position: relative;
        display: inline-block;
      }
      ul {
        position: absolute;
        z-index: 20;
        right: 0;
        top: calc(100% + 4px);
        min-width: 13rem;
        padding: var(--space-1);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-2);
        background: var(--surface-2);
        box-shadow: var(--shadow-2);
      }
      li button {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        width: 100%;
        min-height: var(--control);
        padding: 0 var(--space-3);
        border: 0;
        border-radius: var(--radius-1);
        background: none;
        color: var(--text);
        font: inherit;
        font-size: var(--size-2);
        text-align: start;
        white-space: nowrap;
        cursor: pointer;
      }
      li button:hover {
        background: var(--surface-3);
      }
      li .danger {
        color: var(--bad);
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<button
        class="icon-button small quiet"
        aria-label=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.open}
        @click=${this.toggle}
      >
        <slot>${icon('more', 18)}</slot>
      </button>
      ${this.open
        ? html`<ul role="menu" aria-label=${this.label} @keydown=${this.walk} @focusout=${this.left}>
            ${this.items.map(
              (item) =>
                html`<li role="none">
                  <button role="menuitem" class=${item.danger ? 'danger' : ''} @click=${() => this.choose(item)}>
                    ${icon(item.icon, 18)}${item.label}
                  </button>
                </li>`,
            )}
          </ul>`
        : ''}`;
  }

  private async toggle(): Promise<void> {
    this.open = !this.open;
    await this.updateComplete;
    this.buttons()[0]?.focus();
  }

  private choose(item: MenuItem): void {
    this.close();
    item.run();
  }

  private close(): void {
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('.icon-button')?.focus();
  }

  private left(event: FocusEvent): void {
    const to = event.relatedTarget as Node | null;
    if (!to || !this.renderRoot.contains(to)) {
      this.open = false;
    }
  }

  private walk(event: KeyboardEvent): void {
    const buttons = this.buttons();
    const at = buttons.indexOf(event.composedPath()[0] as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    } else if (event.key in steps) {
      event.preventDefault();
      buttons.at((steps[event.key] ?? 0) % buttons.length)?.focus();
    }
  }

  private buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('li button')];
  }
}

customElements.define('ov-menu', OvMenu);
