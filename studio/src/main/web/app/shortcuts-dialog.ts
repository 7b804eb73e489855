import { LitElement, css, html } from 'lit';
import '../components/dialog.ts';
import { base } from '../components/controls.ts';
import { router } from '../base/router.ts';
import { addShortcuts, listShortcuts } from '../base/shortcuts.ts';
import { VIEWS } from './views.ts';

/** Lists the shortcuts under `?`. */
export class OvShortcutsDialog extends LitElement {
  static override properties = { open: { state: true } };

  private open = false;
  private readonly show = () => (this.open = true);

  static override styles = [
    base,
    css`
      h3 {
        margin: var(--space-4) 0 var(--space-2);
        color: var(--text-faint);
        font-size: var(--size-2);
        font-weight: 600;
      }
      dl {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--space-2) var(--space-5);
      }
      dd {
        justify-self: end;
      }
      kbd {
        padding: 2px 8px;
        border: 1px solid var(--line-strong);
        border-bottom-width: 2px;
        border-radius: var(--radius-1);
        background: var(--surface-2);
        font-family: var(--font-mono);
        font-size: var(--size-2);
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('ov-help', this.show);
    addShortcuts('Everywhere', [
      { keys: '?', does: 'Show these shortcuts', run: this.show },
      ...VIEWS.filter((view) => !view.admin).map((view, index) => ({
        keys: String(index + 1),
        does: `Go to ${view.label}`,
        run: () => router.go(view.path),
      })),
    ]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('ov-help', this.show);
  }

  protected override render() {
    return html`<ov-dialog heading="Keyboard shortcuts" .open=${this.open} @close=${() => (this.open = false)}>
      ${listShortcuts().map(
        ([group, shortcuts]) =>
          html`<h3>${group}</h3>
            <dl>
              ${shortcuts.map((shortcut) => html`<dt>${shortcut.does}</dt><dd><kbd>${named(shortcut.keys)}</kbd></dd>`)}
            </dl>`,
      )}
    </ov-dialog>`;
  }
}

function named(keys: string): string {
  const mac = navigator.platform.startsWith('Mac');
  return keys
    .split('+')
    .map((key) => (key === 'mod' ? (mac ? '⌘' : 'Ctrl') : key.charAt(0).toUpperCase() + key.slice(1)))
    .join(' + ');
}

customElements.define('ov-shortcuts-dialog', OvShortcutsDialog);
