import { LitElement, css, html, nothing } from 'lit';
import '../components/menu.ts';
import type { MenuItem } from '../components/menu.ts';
import { base, buttons } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { count } from '../base/format.ts';
import { router } from '../base/router.ts';
import { session } from '../base/session.ts';
import { Watch } from '../base/store.ts';
import { theme } from '../base/theme.ts';
import { VIEWS, viewOf } from './views.ts';

/** The name, the views, the credits and the user; on phones the views are a bar at the bottom. */
export class OvTopBar extends LitElement {
  protected readonly watch = new Watch(this, router, session, theme);

  static override styles = [
    base,
    buttons,
    css`
      :host {
        position: sticky;
        z-index: 10;
        top: 0;
        display: block;
        border-bottom: 1px solid var(--line);
        background: color-mix(in srgb, var(--surface-0) 88%, transparent);
        backdrop-filter: blur(12px);
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        height: var(--bar);
        padding-inline: var(--space-4);
      }
      .name {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        margin-right: var(--space-4);
        color: var(--text);
        font-size: var(--size-4);
        font-weight: 700;
        letter-spacing: -0.01em;
        text-decoration: none;
      }
      .name svg {
        color: var(--accent);
      }
      nav ul {
        display: flex;
        gap: var(--space-1);
      }
      nav a {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: var(--control);
        padding: 0 var(--space-3);
        border-radius: var(--radius-2);
        color: var(--text-soft);
        font-size: var(--size-3);
        font-weight: 550;
        text-decoration: none;
        transition: background var(--quick);
      }
      nav a:hover {
        background: var(--surface-2);
        color: var(--text);
      }
      nav a[aria-current='page'] {
        background: var(--surface-2);
        color: var(--text);
      }
      nav a[aria-current='page'] svg {
        color: var(--accent-text);
      }
      .space {
        flex: 1;
      }
      .credits {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        padding: 0 var(--space-2);
        color: var(--text-soft);
        font-size: var(--size-2);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        text-decoration: none;
        white-space: nowrap;
      }
      .initial {
        display: grid;
        place-items: center;
        width: 1.9rem;
        height: 1.9rem;
        border-radius: 50%;
        background: var(--surface-3);
        color: var(--text);
        font-size: var(--size-2);
        font-weight: 650;
        text-transform: uppercase;
      }
      @media (width < 48rem) {
        header {
          gap: var(--space-1);
          padding-inline: var(--space-3);
        }
        .name {
          margin-right: 0;
        }
        nav {
          position: fixed;
          inset: auto 0 0;
          border-top: 1px solid var(--line);
          background: var(--surface-1);
          padding-bottom: env(safe-area-inset-bottom);
        }
        nav ul {
          justify-content: space-around;
          gap: 0;
        }
        nav li {
          flex: 1;
        }
        nav a {
          flex-direction: column;
          justify-content: center;
          gap: 2px;
          height: var(--bottom-bar);
          border-radius: 0;
          font-size: var(--size-1);
        }
        nav a[aria-current='page'] {
          background: none;
          color: var(--accent-text);
        }
        .help {
          display: none;
        }
      }
      @media (width < 48rem) {
        :host {
          backdrop-filter: none;
          background: var(--surface-0);
        }
      }
    `,
  ];

  protected override render() {
    const now = viewOf(router.path);
    return html`<header>
      <a class="name" href="/">${mark()}OurVidz</a>
      <nav aria-label="Views">
        <ul>
          ${VIEWS.filter((view) => !view.admin || session.current?.admin).map(
            (view) =>
              html`<li>
                <a href=${view.path} aria-current=${view === now ? 'page' : nothing}>
                  ${icon(view.icon, 20)}${view.label}
                </a>
              </li>`,
          )}
        </ul>
      </nav>
      <span class="space"></span>
      <a class="credits" href="/account" aria-label=${count(session.current?.balance ?? 0, 'credit')}>
        ${icon('coin', 18)}${(session.current?.balance ?? 0).toLocaleString('en')}
      </a>
      <button class="icon-button quiet help" aria-label="Keyboard shortcuts" @click=${this.help}>${icon('help')}</button>
      <button
        class="icon-button quiet"
        aria-label=${theme.light ? 'Dark colours' : 'Light colours'}
        @click=${() => theme.choose(theme.light ? 'dark' : 'light')}
      >
        ${icon(theme.light ? 'moon' : 'sun')}
      </button>
      <ov-menu label=${`Signed in as ${session.current?.user ?? ''}`} .items=${this.items()}>
        <span class="initial" aria-hidden="true">${(session.current?.user ?? '?').slice(0, 1)}</span>
      </ov-menu>
    </header>`;
  }

  private items(): MenuItem[] {
    return [
      { label: `Account of ${session.current?.user ?? ''}`, icon: 'account', run: () => router.go('/account') },
      { label: 'Keyboard shortcuts', icon: 'help', run: () => this.help() },
      { label: 'Use the system’s colours', icon: 'sun', run: () => theme.choose('system') },
      { label: 'Sign out', icon: 'lock', run: () => void session.signOut() },
    ];
  }

  private help(): void {
    this.dispatchEvent(new Event('ov-help', { bubbles: true, composed: true }));
  }
}

/** A lighthouse. */
function mark() {
  return html`<svg width="26" height="26" viewBox="0 0 32 32" fill="none" aria-hidden="true">
    <path fill="currentColor" d="M13 12h6l2 16H11z" />
    <path fill="currentColor" d="M12 6.5 16 3l4 3.5V10h-8z" />
    <path stroke="currentColor" stroke-width="2" stroke-linecap="round" d="M9 8 3 6M23 8l6-2M9 11l-5 2M23 11l5 2" />
  </svg>`;
}

customElements.define('ov-top-bar', OvTopBar);
