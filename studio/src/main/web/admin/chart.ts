import { LitElement, css, html, svg } from 'lit';
import { base } from '../components/controls.ts';
import type { Point } from './monitor.ts';

const WIDTH = 200;
const HEIGHT = 48;
const EDGE = 3;

/** The last minutes of a value as a line, from the left to now, with the target as a dashed one. */
export class OvChart extends LitElement {
  static override properties = { points: { attribute: false }, target: { type: Number }, label: {}, show: { attribute: false } };

  points: Point[] = [];
  target: number | undefined;
  label = '';
  /** A value as people read it. */
  show: (value: number) => string = String;

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      svg {
        display: block;
        width: 100%;
        height: 3rem;
        overflow: visible;
      }
      .line {
        fill: none;
        stroke: var(--accent);
        stroke-width: 1.75;
        stroke-linecap: round;
        stroke-linejoin: round;
        vector-effect: non-scaling-stroke;
      }
      .area {
        fill: var(--accent-wash);
      }
      .base {
        stroke: var(--line);
        vector-effect: non-scaling-stroke;
      }
      .target {
        stroke: var(--text-faint);
        stroke-dasharray: 3 4;
        vector-effect: non-scaling-stroke;
      }
    `,
  ];

  protected override render() {
    const values = this.points.map((point) => point.value);
    const top = Math.max(...values, this.nearTarget(values), Number.MIN_VALUE) * 1.05;
    const y = (value: number) => HEIGHT - EDGE - (Math.max(0, value) / top) * (HEIGHT - 2 * EDGE);
    const line = this.points.map((point) => `${this.x(point).toFixed(1)},${y(point.value).toFixed(1)}`);
    const first = this.points[0];
    return html`<svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${this.words(values)}>
      ${svg`<line class="base" x1="0" x2=${WIDTH} y1=${HEIGHT - EDGE} y2=${HEIGHT - EDGE} />`}
      ${first
        ? svg`<polygon class="area" points=${[`${this.x(first).toFixed(1)},${HEIGHT - EDGE}`, ...line, `${WIDTH},${HEIGHT - EDGE}`].join(' ')} />
            <polyline class="line" points=${line.join(' ')} />`
        : ''}
      ${this.nearTarget(values) > 0
        ? svg`<line class="target" x1="0" x2=${WIDTH} y1=${y(this.target ?? 0)} y2=${y(this.target ?? 0)} />`
        : ''}
    </svg>`;
  }

  /** The target, where drawing it does not press the line flat; else 0. */
  private nearTarget(values: number[]): number {
    return this.target !== undefined && this.target <= 5 * Math.max(...values, 0) ? this.target : 0;
  }

  /** Time from the first point to the last over the whole width. */
  private x(point: Point): number {
    const from = this.points[0]?.at ?? 0;
    const until = this.points.at(-1)?.at ?? 0;
    return until > from ? ((point.at - from) / (until - from)) * WIDTH : WIDTH;
  }

  private words(values: number[]): string {
    if (!values.length) {
      return `${this.label}: nothing measured yet`;
    }
    const minutes = Math.ceil(((this.points.at(-1)?.at ?? 0) - (this.points[0]?.at ?? 0)) / 60_000);
    const [least, most, now] = [Math.min(...values), Math.max(...values), values.at(-1) ?? 0].map((value) => this.show(value));
    return `${this.label} in the last ${Math.max(1, minutes)} min: from ${least} to ${most}, now ${now}`;
  }
}

customElements.define('ov-chart', OvChart);
