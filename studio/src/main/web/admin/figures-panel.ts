import { LitElement, css, html, type TemplateResult } from 'lit';
import './chart.ts';
import { count } from '../base/format.ts';
import { Watch } from '../base/store.ts';
import type { Figure } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { panels } from '../components/sections.ts';
import { amount, target } from './amount.ts';
import { monitor } from './monitor.ts';

/** The figures by which the platform is judged, each beside its target; those that are missed come first. */
export class OvFigures extends LitElement {
  protected readonly watch = new Watch(this, monitor);

  static override styles = [
    controls,
    panels,
    css`
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(14.5rem, 100%), 1fr));
        gap: var(--space-3);
      }
      .figure {
        display: grid;
        align-content: space-between;
        gap: var(--space-2);
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-2);
        background: var(--surface-0);
      }
      .top {
        display: flex;
        align-items: start;
        justify-content: space-between;
        gap: var(--space-2);
      }
      h3 {
        font-size: var(--size-2);
      }
      .value {
        font-size: var(--size-5);
        font-weight: 650;
        line-height: 1.2;
        font-variant-numeric: tabular-nums;
      }
      .target {
        color: var(--text-faint);
        font-size: var(--size-1);
      }
      .pills {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      @media (width < 48rem) {
        .figure {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          align-items: end;
        }
        .top {
          grid-column: 1 / -1;
        }
      }
      .pending {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr));
        gap: var(--space-1) var(--space-5);
      }
      .pending li {
        display: flex;
        justify-content: space-between;
        gap: var(--space-3);
        padding-block: var(--space-1);
        border-bottom: 1px solid var(--line);
        font-size: var(--size-2);
      }
    `,
  ];

  protected override render() {
    const missed = monitor.figures.filter((figure) => figure.met === false);
    const met = monitor.figures.filter((figure) => figure.met === true);
    const pending = monitor.figures.filter((figure) => figure.met === undefined);
    return html`<section class="panel" aria-labelledby="heading">
      <header>
        <div>
          <h2 id="heading">Figures and their targets</h2>
          <p class="about">Since the server started. The lines show what this page has seen in the last ten minutes.</p>
        </div>
        <p class="pills">
          ${missed.length ? html`<span class="pill bad">${icon('warning', 14)}${missed.length} missed</span>` : ''}
          <span class="pill good">${icon('check', 14)}${met.length} met</span>
        </p>
      </header>
      <ul class="grid">
        ${[...missed, ...met].map(card)}
      </ul>
      ${pending.length
        ? html`<h3>${count(pending.length, 'figure')} without a measurement yet</h3>
            <ul class="pending">
              ${pending.map(
                (figure) => html`<li><span>${figure.name}</span><span class="faint">${target(figure)}</span></li>`,
              )}
            </ul>`
        : ''}
    </section>`;
  }
}

function card(figure: Figure): TemplateResult {
  return html`<li class="figure">
    <div class="top">
      <h3>${figure.name}</h3>
      ${figure.met
        ? html`<span class="pill good">${icon('check', 14)}Met</span>`
        : html`<span class="pill bad">${icon('warning', 14)}Missed</span>`}
    </div>
    <div>
      <div class="value">${amount(figure.value ?? 0, figure.unit)}</div>
      <div class="target">Target: ${target(figure)}</div>
    </div>
    <ov-chart
      .points=${monitor.points(figure.name)}
      .target=${figure.target}
      .label=${figure.name}
      .show=${(value: number) => amount(value, figure.unit)}
    ></ov-chart>
  </li>`;
}

customElements.define('ov-figures', OvFigures);
