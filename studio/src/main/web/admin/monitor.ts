import { ApiError, asApiError, get } from '../base/api.ts';
import { queue } from '../base/queue.ts';
import { session } from '../base/session.ts';
import { Store } from '../base/store.ts';
import type { Figure } from '../base/types.ts';

const EVERY_MILLIS = 5_000;

/** What the charts show: ten minutes. */
const MOST_POINTS = 120;

/** What was measured at one time. */
export interface Point {
  /** Milliseconds since 1970. */
  at: number;
  value: number;
}

/** How the platform does: asked every few seconds while somebody looks, and kept for the charts while the page is open. */
class Monitor extends Store {
  figures: Figure[] = [];
  error: ApiError | undefined;
  private readonly series = new Map<string, Point[]>();
  private watchers = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  start(): void {
    if (this.watchers++ === 0) {
      void this.look();
    }
  }

  stop(): void {
    if (--this.watchers === 0) {
      clearTimeout(this.timer);
    }
  }

  /** The last minutes of a figure, or of `QUEUE depth` and `QUEUE processing`. */
  points(name: string): Point[] {
    return this.series.get(name) ?? [];
  }

  async look(): Promise<void> {
    clearTimeout(this.timer);
    if (!document.hidden) {
      await this.read();
    }
    clearTimeout(this.timer);
    if (this.watchers > 0) {
      this.timer = setTimeout(() => void this.look(), EVERY_MILLIS);
    }
  }

  private async read(): Promise<void> {
    try {
      const [monitoring] = await Promise.all([get<{ figures: Figure[] }>('/api/admin/monitoring'), queue.look()]);
      this.figures = monitoring.figures;
      this.error = undefined;
      this.keep(Date.now());
    } catch (e) {
      this.error = asApiError(e);
      if (this.error.status === 403) {
        void session.refresh().catch(() => undefined); // no administrator any more: the view says so
      }
    }
    this.changed();
  }

  private keep(at: number): void {
    this.figures.forEach((figure) => this.add(figure.name, at, figure.value));
    queue.status?.queues.forEach((state) => {
      this.add(`${state.queue} depth`, at, state.depth);
      this.add(`${state.queue} processing`, at, state.processing);
    });
  }

  private add(name: string, at: number, value: number | undefined): void {
    if (value !== undefined) {
      this.series.set(name, [...this.points(name), { at, value }].slice(-MOST_POINTS));
    }
  }
}

export const monitor = new Monitor();
