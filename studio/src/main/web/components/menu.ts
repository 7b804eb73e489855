import { LitElement, css, html, type TemplateResult } from 'lit';
import { base, buttons } from './controls.ts';
import { icon, type IconName } from './icon.ts';

export interface MenuItem {
  label: string;
  icon: IconName;
  run: () => void;
  danger?: boolean;
}

/** A button that opens a list of actions, above everything else. Arrow keys walk, Escape closes. The slot replaces the three dots. */
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
        display: inline-block;
      }
      ul {
        position: fixed;
        inset: auto;
        left: var(--x, 0);
        top: var(--y, 0);
        width: max-content;
        max-width: calc(100vw - 1rem);
        max-height: calc(100dvh - 1rem);
        margin: 0;
        padding: var(--space-1);
        overflow: auto;
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
        padding: 0 var(--space-4) 0 var(--space-3);
        border: 0;
        border-radius: var(--radius-1);
        background: none;
        color: var(--text);
        font: inherit;
        font-size: var(--size-2);
        text-align: start;
        cursor: pointer;
      }
      li button:hover {
        background: var(--surface-3);
      }
      li button:focus-visible {
        outline-offset: -2px;
      }
      li .danger {
        color: var(--bad);
      }
      .over {
        border-color: transparent;
        background: var(--over);
        color: var(--on-over);
      }
      .over:hover {
        background: var(--over-hover);
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<button
        class="icon-button small ${this.hasAttribute('over') ? 'over' : 'quiet'}"
        type="button"
        aria-label=${this.label}
        title=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.open}
        @click=${this.toggle}
      >
        <slot>${icon('more', 18)}</slot>
      </button>
      <ul
        popover
        role="menu"
        aria-label=${this.label}
        @keydown=${this.walk}
        @toggle=${(event: ToggleEvent) => (this.open = event.newState === 'open')}
      >
        ${this.open ? this.items.map((item) => this.item(item)) : ''}
      </ul>`;
  }

  private item(item: MenuItem): TemplateResult {
    return html`<li role="none">
      <button type="button" role="menuitem" class=${item.danger ? 'danger' : ''} @click=${() => this.choose(item)}>
        ${icon(item.icon, 18)}${item.label}
      </button>
    </li>`;
  }

  private get list(): HTMLElement {
    return this.renderRoot.querySelector('ul') as HTMLElement;
  }

  private async toggle(): Promise<void> {
    if (this.open) {
      this.close();
      return;
    }
    this.open = true;
    await this.updateComplete;
    this.list.showPopover();
    this.place();
    this.buttons()[0]?.focus();
  }

  /** Below the button and flush with its end, where there is room. */
  private place(): void {
    const button = this.getBoundingClientRect();
    const { width, height } = this.list.getBoundingClientRect();
    const below = button.bottom + 4;
    const y = below + height > innerHeight - 8 ? Math.max(8, button.top - height - 4) : below;
    const x = Math.min(Math.max(8, button.right - width), innerWidth - width - 8);
    this.list.style.setProperty('--x', `${x}px`);
    this.list.style.setProperty('--y', `${y}px`);
  }

  private choose(item: MenuItem): void {
    this.close();
    item.run();
  }

  private close(): void {
    this.list.hidePopover();
    this.renderRoot.querySelector<HTMLElement>('.icon-button')?.focus();
  }

  private walk(event: KeyboardEvent): void {
    const buttons = this.buttons();
    const at = buttons.indexOf(event.composedPath()[0] as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key === 'Tab') {
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
