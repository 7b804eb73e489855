import { get } from './api.ts';
import { Store } from './store.ts';
import type { JobType } from './types.ts';

/** What the platform can make, and what each costs and supports. */
class JobTypes extends Store {
  all: JobType[] = [];

  async load(): Promise<void> {
    this.all = (await get<{ job_types: JobType[] }>('/api/job-types')).job_types;
    this.changed();
  }

  get(id: string): JobType | undefined {
    return this.all.find((type) => type.id === id);
  }
}

export const jobTypes = new JobTypes();
