import { LitElement, css, html } from 'lit';
import '../components/banner.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { count } from '../base/format.ts';
import { jobTypes } from '../base/job-types.ts';
import { session } from '../base/session.ts';
import { Watch } from '../base/store.ts';
import { draft } from './draft.ts';
import { submissions } from './submissions.ts';

/** The button with the price on it, and above it what stands in the way. Fires `order`. */
export class OvOrderButton extends LitElement {
  protected readonly watch = new Watch(this, draft, jobTypes, session, submissions);

  static override styles = [
    controls,
    css`
      :host {
        position: sticky;
        bottom: 0;
        z-index: 3;
        display: grid;
        gap: var(--space-3);
        margin-inline: calc(-1 * var(--space-1));
        padding: var(--space-3) var(--space-1);
        background: linear-gradient(transparent, var(--surface-1) var(--space-3));
      }
      .button {
        width: 100%;
        min-height: 3rem;
        font-size: var(--size-3);
      }
      .price {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        padding-left: var(--space-3);
        border-left: 1px solid color-mix(in srgb, var(--on-accent) 35%, transparent);
        font-weight: 600;
      }
      @media (width < 48rem) {
        :host {
          bottom: calc(3.75rem + env(safe-area-inset-bottom));
        }
      }
      strong {
        display: block;
      }
      ov-banner {
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render() {
    const price = draft.type?.price ?? 0;
    return html`${this.obstacle(price)}
      <button class="button primary" type="button" @click=${() => this.dispatchEvent(new Event('order'))}>
        ${icon('spark', 18)}
        ${draft.type?.kind === 'video' ? 'Make the video' : draft.fields.quantity > 1 && this.several ? 'Make pictures' : 'Make the picture'}
        <span class="price">${icon('coin', 16)}${count(price, 'credit')}</span>
      </button>`;
  }

  private get several(): boolean {
    return (draft.type?.quantities.length ?? 0) > 1;
  }

  private obstacle(price: number) {
    const { failure } = submissions;
    if (failure) {
      return html`<ov-banner tone="bad"><strong>${failure.message}</strong> ${failure.suggestedAction}</ov-banner>`;
    }
    const balance = session.current?.balance ?? 0;
    return price > balance
      ? html`<ov-banner tone="warn">
          <strong>You have ${count(balance, 'credit')}; this costs ${price}.</strong>
          Choose a cheaper job, or ask the operator for credits.
        </ov-banner>`
      : '';
  }
}

customElements.define('ov-order-button', OvOrderButton);
