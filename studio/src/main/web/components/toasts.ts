import { LitElement, css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Watch } from '../base/store.ts';
import { announcements, toasts, type Toast } from '../base/toasts.ts';
import { base, buttons } from './controls.ts';
import { icon } from './icon.ts';

/** Shows the toasts, and holds the live region through which the page speaks. One in the whole page. */
export class OvToasts extends LitElement {
  protected readonly watch = new Watch(this, toasts, announcements);

  static override styles = [
    base,
    buttons,
    css`
      ol {
        position: fixed;
        z-index: 30;
        bottom: calc(var(--space-5) + var(--bottom-bar, 0px) + env(safe-area-inset-bottom));
        left: 50%;
        display: grid;
        gap: var(--space-2);
        width: min(30rem, calc(100vw - 2rem));
        transform: translateX(-50%);
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: var(--space-2) var(--space-2) var(--space-2) var(--space-4);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-2);
        background: var(--surface-3);
        box-shadow: var(--shadow-2);
        font-size: var(--size-3);
        animation: come var(--calm) var(--ease);
      }
      li.bad {
        border-color: var(--bad);
        background: var(--bad-wash);
      }
      @keyframes come {
        from {
          opacity: 0;
          transform: translateY(0.75rem);
        }
      }
      .words {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .advice {
        display: block;
        color: var(--text-soft);
        font-size: var(--size-2);
      }
    `,
  ];

  protected override render() {
    return html`<p class="unseen" role="status" aria-live="polite">${announcements.text}</p>
      <ol aria-label="Messages">
        ${repeat(
          toasts.shown,
          (toast) => toast,
          (toast) => this.toast(toast),
        )}
      </ol>`;
  }

  private toast(toast: Toast) {
    return html`<li class=${toast.tone ?? 'plain'}>
      <span class="words">
        ${toast.text} ${toast.advice ? html`<span class="advice">${toast.advice}</span>` : ''}
      </span>
      ${toast.action
        ? html`<button class="button small" @click=${() => this.act(toast)}>${toast.action.label}</button>`
        : ''}
      <button class="icon-button small quiet" aria-label="Dismiss" @click=${() => toasts.dismiss(toast)}>
        ${icon('close', 16)}
      </button>
    </li>`;
  }

  private act(toast: Toast): void {
    toast.action?.run();
    toasts.dismiss(toast);
  }
}

customElements.define('ov-toasts', OvToasts);
