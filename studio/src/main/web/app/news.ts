import { assets } from '../base/assets.ts';
import { jobs } from '../base/jobs.ts';
import { session } from '../base/session.ts';
import { announce } from '../base/toasts.ts';
import type { Job } from '../base/types.ts';

/** Says what has ended, and reads anew what that changes: the credits and the assets. */
export function tellWhatEnds(): void {
  jobs.addEventListener('ended', (event) => {
    const job = (event as CustomEvent<Job>).detail;
    void session.refresh().catch(() => undefined); // the next one may come through
    if (job.status === 'completed') {
      announce(`Ready: ${job.metadata.prompt ?? 'your job'}`);
      void assets.loadJob(job.id).catch(() => undefined);
    } else if (!job.metadata.cancelled) {
      announce(`Failed: ${job.error_message ?? ''}`);
    }
  });
}
