import { LitElement, css, html } from 'lit';
import '../components/segmented.ts';
import type { OvSegmented } from '../components/segmented.ts';
import { typeName } from '../base/format.ts';
import { jobTypes } from '../base/job-types.ts';
import { Watch } from '../base/store.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { isFiltered, type Filters } from './filters.ts';

const KINDS = [
  { value: '', label: 'All' },
  { value: 'image', label: 'Pictures' },
  { value: 'video', label: 'Videos' },
];
const TYPING_MILLIS = 250;

/** What of the library is wanted. Fires `filters` with the new ones. */
export class OvFilterBar extends LitElement {
  static override properties = { filters: { attribute: false }, when: {}, more: { state: true } };

  filters!: Filters;
  /** The day of what is at the top of the window. */
  when = '';
  protected readonly watch = new Watch(this, jobTypes);
  private more = false;
  private typing: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    controls,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
        padding-block: var(--space-2);
      }
      .search {
        position: relative;
        flex: 1 1 14rem;
        max-width: 26rem;
      }
      .search .icon {
        position: absolute;
        top: 50%;
        left: var(--space-3);
        color: var(--text-faint);
        transform: translateY(-50%);
        pointer-events: none;
      }
      .search input[type] {
        padding-left: 2.4rem;
      }
      .button {
        font-size: var(--size-2);
      }
      .day {
        margin-left: auto;
        color: var(--text-soft);
        font-size: var(--size-2);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .more {
        display: flex;
        flex-basis: 100%;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-3);
        padding-bottom: var(--space-2);
      }
      .more .field {
        flex: 0 1 12rem;
      }
      .button[aria-pressed='true'],
      .button[aria-expanded='true'] {
        border-color: var(--accent-text);
        color: var(--accent-text);
      }
      .dot {
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--accent);
      }
      @media (width < 48rem) {
        .search {
          flex-basis: 100%;
          max-width: none;
        }
        .word {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        .button {
          padding: 0 var(--space-3);
        }
        .more .button {
          padding: 0 var(--space-4);
        }
        .more .field {
          flex: 1 1 8rem;
        }
        .day {
          display: none;
        }
        ov-segmented {
          flex: 1;
        }
      }
    `,
  ];

  /** Puts the cursor into the search field. */
  search(): void {
    this.renderRoot.querySelector<HTMLInputElement>('[type=search]')?.focus();
  }

  protected override render() {
    const { favourite, kind, text } = this.filters;
    return html`<form role="search" aria-label="The library" @submit=${(event: Event) => event.preventDefault()}>
      <span class="search">
        ${icon('search', 18)}
        <input
          type="search"
          aria-label="Search the prompts"
          placeholder="Search the prompts"
          .value=${text}
          @input=${this.typed}
        />
      </span>
      <ov-segmented label="Kind" .choices=${KINDS} .value=${kind} @change=${this.kindChosen}></ov-segmented>
      <button
        type="button"
        class="button"
        aria-pressed=${favourite === 'true'}
        @click=${() => this.change({ favourite: favourite ? '' : 'true' })}
      >
        ${icon(favourite ? 'heartFull' : 'heart', 18)}<span class="word">Favourites</span>
      </button>
      <button type="button" class="button" aria-expanded=${this.more} aria-controls="more" @click=${this.toggle}>
        ${icon('filter', 18)}<span class="word">Type and date</span>${this.narrowed() ? html`<span class="dot"></span>` : ''}
      </button>
      ${isFiltered(this.filters)
        ? html`<button type="button" class="button quiet" @click=${this.clear}>${icon('close', 16)}Clear</button>`
        : ''}
      <span class="day" aria-hidden="true">${this.when}</span>
      <div class="more" id="more" ?hidden=${!this.more}>
        <label class="field">
          <span class="label">Type</span>
          <select @change=${(event: Event) => this.change({ type: valueOf(event) })}>
            <option value="" .selected=${this.filters.type === ''}>Any</option>
            ${jobTypes.all.map(
              ({ id }) => html`<option value=${id} .selected=${this.filters.type === id}>${typeName(id)}</option>`,
            )}
          </select>
        </label>
        ${this.dateField('From', 'from')} ${this.dateField('To', 'to')}
      </div>
    </form>`;
  }

  private dateField(label: string, name: 'from' | 'to') {
    return html`<label class="field">
      <span class="label">${label}</span>
      <input
        type="date"
        .value=${this.filters[name]}
        @change=${(event: Event) => this.change({ [name]: valueOf(event) })}
      />
    </label>`;
  }

  private narrowed(): boolean {
    return Boolean(this.filters.type || this.filters.from || this.filters.to);
  }

  private kindChosen(event: Event): void {
    this.change({ kind: (event.target as OvSegmented).value });
  }

  private toggle(): void {
    this.more = !this.more;
  }

  private typed(event: Event): void {
    const text = valueOf(event).trim();
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.change({ text }), TYPING_MILLIS);
  }

  private clear(): void {
    this.change({ kind: '', type: '', favourite: '', text: '', from: '', to: '' });
  }

  private change(changes: Partial<Filters>): void {
    clearTimeout(this.typing);
    this.dispatchEvent(new CustomEvent<Filters>('filters', { detail: { ...this.filters, ...changes } }));
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

customElements.define('ov-filter-bar', OvFilterBar);
