import { LitElement, css, html } from 'lit';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { Watch } from '../base/store.ts';
import { draft } from './draft.ts';

const LARGEST = 2 ** 53 - 7;

/** The seed: typed or rolled it is locked, and counts for every job until it is unlocked. */
export class OvSeedField extends LitElement {
  protected readonly watch = new Watch(this, draft);

  static override styles = [
    controls,
    css`
      .row {
        display: flex;
        gap: var(--space-1);
      }
      input[readonly] {
        color: var(--text-faint);
        border-color: var(--line);
      }
    `,
  ];

  protected override render() {
    const { seed, seedLocked } = draft.fields;
    return html`<div class="field">
      <label class="label" for="seed">Seed</label>
      <div class="row">
        <input
          id="seed"
          inputmode="numeric"
          placeholder="Random"
          autocomplete="off"
          .value=${seedLocked ? seed : ''}
          @input=${this.typed}
        />
        <button class="icon-button" aria-label="Roll a seed" title="Roll a seed" @click=${() => draft.rollSeed()}>
          ${icon('dice')}
        </button>
        <button
          class="icon-button"
          aria-label="Keep this seed"
          title=${seedLocked ? 'Unlock: a new seed for each job' : 'Keep this seed'}
          aria-pressed=${seedLocked}
          @click=${this.toggle}
        >
          ${icon(seedLocked ? 'lock' : 'unlock')}
        </button>
      </div>
      ${seedLocked && !valid(seed) ? html`<span class="problem" role="alert">A whole number from 0 on.</span>` : ''}
    </div>`;
  }

  private typed(event: Event): void {
    const seed = (event.target as HTMLInputElement).value.trim();
    draft.set({ seed, seedLocked: seed !== '' });
  }

  private toggle(): void {
    if (!draft.fields.seedLocked && draft.fields.seed === '') {
      draft.rollSeed();
    } else {
      draft.set({ seedLocked: !draft.fields.seedLocked });
    }
  }
}

export function valid(seed: string): boolean {
  return /^\d{1,16}$/.test(seed) && Number(seed) <= LARGEST;
}

customElements.define('ov-seed-field', OvSeedField);
