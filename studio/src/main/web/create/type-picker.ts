import { LitElement, css, html } from 'lit';
import '../components/segmented.ts';
import type { OvSegmented } from '../components/segmented.ts';
import { base } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { count, duration } from '../base/format.ts';
import { jobTypes } from '../base/job-types.ts';
import { Watch } from '../base/store.ts';
import type { JobType } from '../base/types.ts';
import { draft } from './draft.ts';

const GROUPS = [
  { value: 'image', label: 'Image' },
  { value: 'video', label: 'Video' },
  { value: 'enhanced', label: 'Enhanced' },
];

/** The job types by group, each with its expected time and its price. */
export class OvTypePicker extends LitElement {
  protected readonly watch = new Watch(this, draft, jobTypes);

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
      }
      fieldset {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-2);
      }
      label {
        position: relative;
        display: grid;
        gap: 2px;
        padding: var(--space-2) var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius-2);
        cursor: pointer;
        transition: border-color var(--quick);
      }
      label:hover {
        border-color: var(--line-strong);
      }
      label:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-wash);
      }
      label:has(:focus-visible) {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      .name {
        font-size: var(--size-2);
        font-weight: 600;
      }
      .costs {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-3);
        color: var(--text-soft);
        font-size: var(--size-1);
      }
      .costs span {
        display: inline-flex;
        align-items: center;
        gap: 3px;
      }
    `,
  ];

  protected override render() {
    if (!jobTypes.all.length) {
      return ''; // a kind that was chosen before the types are here would be forgotten
    }
    const group = draft.type?.group ?? 'image';
    return html`<ov-segmented label="Kind" .choices=${GROUPS} .value=${group} @change=${this.change}></ov-segmented>
      <fieldset>
        <legend class="unseen">Job type</legend>
        ${jobTypes.all.filter((type) => type.group === group).map((type) => this.card(type))}
      </fieldset>`;
  }

  private card(type: JobType) {
    return html`<label>
      <input
        type="radio"
        name="type"
        .checked=${type === draft.type}
        @change=${() => draft.set({ typeId: type.id })}
      />
      <span class="name">${nameIn(type)}</span>
      <span class="costs">
        <span>${icon('clock', 13)}<span class="unseen">expected time </span>${duration(type.expected_seconds)}</span>
        <span>${icon('coin', 13)}${count(type.price, 'credit')}</span>
      </span>
    </label>`;
  }

  private change(event: Event): void {
    const group = (event.target as OvSegmented).value;
    const first = jobTypes.all.find((type) => type.group === group);
    if (first) {
      draft.set({ typeId: first.id });
    }
  }
}

/** The name beside others of its group. */
function nameIn(type: JobType): string {
  const speed = type.id.includes('high') ? 'High' : 'Fast';
  switch (type.group) {
    case 'image':
      return type.queue === 'sdxl_queue' ? `${speed} · square` : `${speed} · portrait`;
    case 'video':
      return `${speed} · ${Math.round(type.duration ?? 5)} s`;
    default:
      return `${speed} ${type.kind}`;
  }
}

customElements.define('ov-type-picker', OvTypePicker);
