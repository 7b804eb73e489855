import { LitElement, css, html, type TemplateResult } from 'lit';
import './app/lightbox-opener.ts';
import './app/platform-banners.ts';
import './app/shortcuts-dialog.ts';
import './app/sign-in.ts';
import './app/top-bar.ts';
import './components/toasts.ts';
import { base } from './components/controls.ts';
import { assets } from './base/assets.ts';
import { jobTypes } from './base/job-types.ts';
import { jobs } from './base/jobs.ts';
import { queue } from './base/queue.ts';
import { router } from './base/router.ts';
import { session } from './base/session.ts';
import { Watch } from './base/store.ts';
import { announce } from './base/toasts.ts';
import { tellWhatEnds } from './app/news.ts';
import { showProgressInTitle } from './app/title.ts';
import { viewOf, type View } from './app/views.ts';

/** The page: what is always there, and the view that the address names. */
export class OvApp extends LitElement {
  protected readonly watch = new Watch(this, session, router);
  private started = false;
  private shown: View | undefined;

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template: auto 1fr / minmax(0, 1fr);
        min-height: 100dvh;
      }
      main {
        min-width: 0;
        outline: none;
      }
      .skip {
        position: fixed;
        z-index: 40;
        top: var(--space-2);
        left: var(--space-2);
        padding: var(--space-2) var(--space-4);
        border-radius: var(--radius-1);
        background: var(--accent);
        color: var(--on-accent);
        transform: translateY(-200%);
      }
      .skip:focus {
        transform: none;
      }
      ov-platform-banners {
        display: block;
        max-width: var(--wide);
        margin-inline: auto;
        padding-inline: var(--space-4);
      }
      @media (width < 48rem) {
        :host {
          --bottom-bar: 3.75rem;
          padding-bottom: calc(var(--bottom-bar) + env(safe-area-inset-bottom));
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    session.load().catch(() => setTimeout(() => location.reload(), 5_000));
  }

  protected override willUpdate(): void {
    if (session.current && !this.started) {
      this.started = true;
      void jobTypes.load();
      void assets.load();
      jobs.start();
      queue.start();
      tellWhatEnds();
      showProgressInTitle();
    }
    if (session.current) {
      this.show(viewOf(router.path));
    }
  }

  protected override render(): TemplateResult {
    return html`${session.current ? this.studio() : session.known ? html`<ov-sign-in></ov-sign-in>` : ''}
      <ov-toasts></ov-toasts>`;
  }

  private studio(): TemplateResult {
    return html`<a class="skip" href="#main" @click=${this.skip}>Skip to the content</a>
      <ov-top-bar></ov-top-bar>
      <main id="main" tabindex="-1">
        <ov-platform-banners></ov-platform-banners>
        ${this.shown?.render()}
      </main>
      <ov-sign-in-dialog></ov-sign-in-dialog>
      <ov-shortcuts-dialog></ov-shortcuts-dialog>
      <ov-lightbox-opener></ov-lightbox-opener>`;
  }

  private show(view: View): void {
    if (this.shown === view) {
      return;
    }
    const first = this.shown === undefined;
    this.shown = view;
    void view.load();
    document.title = view.title;
    if (!first) {
      announce(view.title);
      void this.updateComplete.then(() => this.renderRoot.querySelector('main')?.focus());
    }
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector('main')?.focus();
  }
}

customElements.define('ov-app', OvApp);
