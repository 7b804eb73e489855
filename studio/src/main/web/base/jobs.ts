import { ApiError, del, get, query } from './api.ts';
import { JobFeed, type Connection } from './job-feed.ts';
import { Store } from './store.ts';
import type { Job, JobPage, QueueStatus } from './types.ts';

const NEWEST = 30;
const MOST_OPEN = 100;
const MOST_LOOKED_AT = 4;
const ENDED = new Set(['completed', 'failed']);

export function isOpen(job: Job): boolean {
  return !ENDED.has(job.status);
}

export function isVideo(job: Job): boolean {
  return job.job_type.includes('video');
}

/**
 * The user's jobs: the newest ones and all that are open. Everything is read from the API, so a reload or a lost connection loses
 * nothing. Fires `change`, and `ended` (a CustomEvent of the job) when one ends while the page looks on.
 */
class Jobs extends Store {
  /** Whether the platform has answered at least once. */
  loaded = false;
  connection: Connection = 'connecting';
  private readonly byId = new Map<string, Job>();
  private readonly feed = new JobFeed(
    (job) => this.put(job),
    () => this.refresh(),
    (connection) => {
      this.connection = connection;
      this.changed();
    },
  );
  private cursor: string | undefined;

  start(): void {
    this.feed.start();
  }

  stop(): void {
    this.feed.stop();
  }

  get(id: string): Job | undefined {
    return this.byId.get(id);
  }

  /** Newest first. */
  list(): Job[] {
    return [...this.byId.values()].sort(
      (a, b) => b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id),
    );
  }

  open(): Job[] {
    return this.list().filter(isOpen);
  }

  get hasMore(): boolean {
    return this.cursor !== undefined;
  }

  /** Takes over what the platform says of a job now. */
  put(job: Job): void {
    const known = this.byId.get(job.id);
    if (known && !isOpen(known) && isOpen(job)) {
      return; // an answer that was overtaken
    }
    this.byId.set(job.id, known && known.status === job.status ? { ...kept(known), ...job } : job);
    if (!isOpen(job) && known && isOpen(known)) {
      this.dispatchEvent(new CustomEvent<Job>('ended', { detail: job }));
    }
    this.changed();
  }

  /** Reads the newest jobs and all open ones, and asks for those that ended meanwhile. */
  async refresh(): Promise<void> {
    const before = this.open();
    const [newest, queued, processing] = await Promise.all([
      get<JobPage>('/api/jobs' + query({ limit: NEWEST })),
      get<JobPage>('/api/jobs' + query({ status: 'queued', limit: MOST_OPEN })),
      get<JobPage>('/api/jobs' + query({ status: 'processing', limit: MOST_OPEN })),
    ]);
    const told = [...newest.jobs, ...queued.jobs, ...processing.jobs];
    told.forEach((job) => this.put(job));
    const untold = before.filter((job) => !told.some((other) => other.id === job.id));
    await Promise.all(untold.map((job) => this.look(job.id)));
    if (this.connection !== 'live') {
      await this.lookCloser();
    }
    if (!this.loaded) {
      this.cursor = newest.next_cursor;
      this.loaded = true;
    }
    this.changed();
  }

  /** Lists leave out previews and estimates, which a stream tells. */
  private async lookCloser(): Promise<void> {
    const running = this.open()
      .filter((job) => job.status === 'processing')
      .slice(0, MOST_LOOKED_AT);
    await Promise.all(running.map((job) => this.look(job.id)));
  }

  private async look(id: string): Promise<void> {
    try {
      this.put(await get<Job>(`/api/jobs/${id}`));
    } catch (e) {
      if (!(e instanceof ApiError) || e.status !== 404) {
        throw e;
      }
      this.byId.delete(id);
    }
  }

  /** One more page of older jobs. */
  async more(): Promise<void> {
    const page = await get<JobPage>('/api/jobs' + query({ limit: NEWEST, cursor: this.cursor }));
    this.cursor = page.next_cursor;
    page.jobs.forEach((job) => this.put(job));
    this.changed();
  }

  async cancel(id: string): Promise<void> {
    this.put((await del<{ job: Job }>(`/api/jobs/${id}`)).job);
  }

  /** Positions and estimates of waiting jobs, which change without a word about the job itself. */
  place(status: QueueStatus): void {
    for (const place of status.queues.flatMap((queue) => queue.yours)) {
      const job = this.byId.get(place.id);
      if (job?.status === 'queued') {
        this.byId.set(job.id, { ...job, queue_position: place.position, eta_seconds: place.etaSeconds });
      }
    }
    this.changed();
  }
}

/** Lists leave out what only the job itself tells; it stays as it was while the status does. */
function kept(known: Job): Partial<Job> {
  return isOpen(known)
    ? { queue_position: known.queue_position, eta_seconds: known.eta_seconds, preview: known.preview }
    : {};
}

export const jobs = new Jobs();
