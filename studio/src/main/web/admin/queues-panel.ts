import { LitElement, css, html, type TemplateResult } from 'lit';
import './chart.ts';
import { ago, count, duration } from '../base/format.ts';
import { queue } from '../base/queue.ts';
import { Watch } from '../base/store.ts';
import type { QueueState, WorkerState } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { panels } from '../components/sections.ts';
import { table, tables, type Column } from '../components/table.ts';
import { monitor } from './monitor.ts';

const STATES = {
  idle: { label: 'Idle', tone: 'good' },
  busy: { label: 'Working', tone: 'warn' },
  unseen: { label: 'Not heard of', tone: 'bad' },
} as const;

const COLUMNS: Column<WorkerState>[] = [
  { heading: 'Worker', wide: true, show: (worker) => html`<span class="mono">${worker.id}</span>` },
  { heading: 'Model', show: (worker) => html`<span class="soft model">${worker.model}</span>` },
  { heading: 'State', show: (worker) => html`<span class=${`pill ${STATES[worker.state].tone}`}>${STATES[worker.state].label}</span>` },
  { heading: 'Last heard of', show: (worker) => html`<span class="soft">${ago(worker.lastSeen)}</span>` },
];

/** The queues, each with its numbers, their last minutes, and its workers. */
export class OvQueues extends LitElement {
  protected readonly watch = new Watch(this, queue, monitor);

  static override styles = [
    controls,
    panels,
    tables,
    css`
      dl {
        display: grid;
        grid-template-columns: repeat(3, auto) minmax(0, 1fr);
        align-items: end;
        gap: var(--space-2) var(--space-6);
      }
      dl > div {
        display: grid;
      }
      dt {
        color: var(--text-faint);
        font-size: var(--size-1);
        font-weight: 600;
      }
      dd {
        font-size: var(--size-5);
        font-weight: 650;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      h2 {
        font-family: var(--font-mono);
        font-size: var(--size-3);
      }
      .model {
        overflow-wrap: anywhere;
      }
      @media (width < 48rem) {
        dl {
          grid-template-columns: repeat(3, auto);
          justify-content: space-between;
          gap: var(--space-3);
        }
        dl > ov-chart,
        dl > .chart {
          grid-column: 1 / -1;
        }
        dd {
          font-size: var(--size-4);
        }
      }
    `,
  ];

  protected override render() {
    return (queue.status?.queues ?? []).map((state) => this.panel(state));
  }

  private panel(state: QueueState): TemplateResult {
    return html`<section class="panel" aria-labelledby=${state.queue}>
      <header>
        <h2 id=${state.queue}>${state.queue}</h2>
        ${health(state)}
      </header>
      <dl>
        <div><dt>Waiting</dt><dd>${state.depth.toLocaleString('en')}</dd></div>
        <div><dt>In the making</dt><dd>${state.processing.toLocaleString('en')}</dd></div>
        <div><dt>Oldest waits</dt><dd>${state.depth ? duration(state.oldestWaitSeconds) : '–'}</dd></div>
        <div class="chart">
          <dt>Waiting, the last minutes</dt>
          <dd>
            <ov-chart
              .points=${monitor.points(`${state.queue} depth`)}
              .target=${10}
              .label=${`Waiting in ${state.queue}`}
              .show=${(value: number) => count(value, 'job')}
            ></ov-chart>
          </dd>
        </div>
      </dl>
      ${state.workers.length
        ? table(`Workers of ${state.queue}`, COLUMNS, state.workers)
        : html`<p class="soft">No worker was heard of in the last day. Jobs wait until one starts.</p>`}
    </section>`;
  }
}

function health(state: QueueState): TemplateResult {
  const living = state.workers.filter((worker) => worker.state !== 'unseen').length;
  if (living === 0) {
    return html`<span class="pill bad">${icon('warning', 14)}No worker</span>`;
  }
  return state.depth > 10
    ? html`<span class="pill warn">${icon('clock', 14)}Many are waiting</span>`
    : html`<span class="pill good">${icon('check', 14)}${count(living, 'worker')} up</span>`;
}

customElements.define('ov-queues', OvQueues);
