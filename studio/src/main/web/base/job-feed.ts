import { ApiError } from './api.ts';
import type { Job } from './types.ts';

/** How news of jobs comes: pushed, asked for, or not at all. */
export type Connection = 'connecting' | 'live' | 'polling' | 'offline';

const EVENTS = ['queued', 'processing', 'completed', 'failed'];
const TRIES_OF_A_STREAM = 3;
const POLL_MILLIS = 2_500;
const NEXT_STREAM_MILLIS = 30_000;

/**
 * Brings every change of the user's jobs: by one stream of events while the page is seen, and by asking every few seconds where the
 * stream cannot be had, and in tabs that nobody looks at, for a browser has only so many connections to a server.
 */
export class JobFeed {
  private stream: EventSource | undefined;
  private failures = 0;
  private poll: ReturnType<typeof setTimeout> | undefined;
  private streamAgain: ReturnType<typeof setTimeout> | undefined;
  private running = false;

  /**
   * @param job takes over a job
   * @param refresh reads all jobs anew
   * @param connected is told how the news come
   */
  constructor(
    private readonly job: (job: Job) => void,
    private readonly refresh: () => Promise<void>,
    private readonly connected: (connection: Connection) => void,
  ) {}

  start(): void {
    if (this.running) {
      return;
    }
    this.running = true;
    document.addEventListener('visibilitychange', this.looked);
    addEventListener('online', this.looked);
    void this.read();
    this.looked();
  }

  stop(): void {
    this.running = false;
    document.removeEventListener('visibilitychange', this.looked);
    removeEventListener('online', this.looked);
    this.closeStream();
    clearTimeout(this.poll);
    clearTimeout(this.streamAgain);
  }

  private readonly looked = (): void => {
    this.failures = 0;
    if (document.visibilityState === 'visible') {
      this.openStream();
    } else {
      this.closeStream();
      this.pollSoon();
    }
  };

  private openStream(): void {
    this.closeStream();
    clearTimeout(this.streamAgain);
    const stream = new EventSource('/api/events');
    this.stream = stream;
    stream.onopen = () => {
      this.failures = 0;
      clearTimeout(this.poll);
      this.connected('live');
      void this.read();
    };
    stream.onerror = () => this.lost(stream);
    stream.addEventListener('reload', () => void this.read()); // more has ended than the stream tells
    EVENTS.forEach((name) =>
      stream.addEventListener(name, (event) => this.job(JSON.parse((event as MessageEvent<string>).data) as Job)),
    );
  }

  /** The browser tries again by itself, unless the answer was no stream at all. */
  private lost(stream: EventSource): void {
    this.failures++;
    if (stream.readyState === EventSource.CLOSED || this.failures >= TRIES_OF_A_STREAM) {
      this.closeStream();
      this.streamAgain = setTimeout(() => this.looked(), NEXT_STREAM_MILLIS);
    }
    this.pollSoon();
  }

  private closeStream(): void {
    this.stream?.close();
    this.stream = undefined;
  }

  private pollSoon(): void {
    clearTimeout(this.poll);
    this.poll = setTimeout(() => void this.pollNow(), POLL_MILLIS);
  }

  private async pollNow(): Promise<void> {
    const reached = await this.read();
    if (!this.running || this.stream?.readyState === EventSource.OPEN) {
      return;
    }
    this.connected(reached ? 'polling' : 'offline');
    this.pollSoon();
  }

  private async read(): Promise<boolean> {
    try {
      await this.refresh();
      return true;
    } catch (e) {
      return !(e instanceof ApiError && e.status === 0); // the next one may come through
    }
  }
}
