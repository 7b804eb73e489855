import { get } from './api.ts';
import { jobs } from './jobs.ts';
import { Store } from './store.ts';
import type { QueueStatus } from './types.ts';

const WITH_OPEN_JOBS_MILLIS = 4_000;
const OTHERWISE_MILLIS = 20_000;

/** How busy the platform is, asked more often while something of the user's is open. */
class QueueWatch extends Store {
  status: QueueStatus | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  start(): void {
    void this.look();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** Looks now, for instance after something was queued. */
  async look(): Promise<void> {
    clearTimeout(this.timer);
    try {
      this.status = await get<QueueStatus>('/api/queue-status');
      jobs.place(this.status);
      this.changed();
    } catch {
      // What is shown stays; whether the platform can be reached is said elsewhere.
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), jobs.open().length ? WITH_OPEN_JOBS_MILLIS : OTHERWISE_MILLIS);
  }

  /** Queues that have workers none of which has been heard of for a while, or none at all. */
  down(): string[] {
    return (this.status?.queues ?? [])
      .filter((queue) => queue.workers.every((worker) => worker.state === 'unseen'))
      .map((queue) => queue.queue);
  }
}

export const queue = new QueueWatch();
