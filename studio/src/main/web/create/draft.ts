import { jobTypes } from '../base/job-types.ts';
import { Store } from '../base/store.ts';
import type { Job, JobType, ReferenceType } from '../base/types.ts';
import type { Reuse } from '../base/events.ts';

const KEY = 'ourvidz.draft';
const LARGEST_DRAWN = 2 ** 32;
const FRAMES = ['start', 'end'] as const;

/** A picture that the next job starts from. */
export interface ChosenPicture {
  /** Names it in the order. */
  url: string;
  /** Shows it; may no longer be there. */
  thumbnail: string;
}

export type Slot = 'reference' | 'start' | 'end';

interface Fields {
  typeId: string;
  prompt: string;
  negative: string;
  quantity: number;
  seed: string;
  /** Whether the seed counts; a new one is drawn for each job else. */
  seedLocked: boolean;
  pictures: Partial<Record<Slot, ChosenPicture>>;
  referenceType: ReferenceType;
  strength: number;
}

const EMPTY: Fields = {
  typeId: 'sdxl_image_fast',
  prompt: '',
  negative: '',
  quantity: 1,
  seed: '',
  seedLocked: false,
  pictures: {},
  referenceType: 'style',
  strength: 0.5,
};

/** What is filled in for the next job. It outlives a reload of the page. */
class Draft extends Store {
  fields: Fields = { ...EMPTY, ...stored() };

  get type(): JobType | undefined {
    return jobTypes.get(this.fields.typeId) ?? jobTypes.all[0];
  }

  set(change: Partial<Fields>): void {
    this.fields = { ...this.fields, ...change };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.fields));
    } catch {
      // Storage is full or switched off: the form works without.
    }
    this.changed();
  }

  setPicture(slot: Slot, picture: ChosenPicture | undefined): void {
    this.set({ pictures: { ...this.fields.pictures, [slot]: picture } });
  }

  rollSeed(): void {
    this.set({ seed: String(Math.floor(Math.random() * LARGEST_DRAWN)), seedLocked: true });
  }

  /** The slots that the type has. */
  slots(): Slot[] {
    const uses = this.type?.references ?? [];
    const frames = FRAMES.filter((frame) => uses.some((use) => use.id === frame));
    return frames.length ? [...frames] : uses.length ? ['reference'] : [];
  }

  /** The pictures that the type takes and that are there. */
  chosen(): [Slot, ChosenPicture][] {
    return this.slots().flatMap((slot) => {
      const picture = this.fields.pictures[slot];
      return picture ? [[slot, picture] as [Slot, ChosenPicture]] : [];
    });
  }

  /** Whether there is something to make a picture of. */
  get ready(): boolean {
    return this.fields.prompt.trim() !== '' || this.chosen().some(([slot]) => slot !== 'end');
  }

  /** The order's body: only fields that the type supports. */
  order(): Record<string, unknown> {
    const type = this.type;
    const { fields } = this;
    const metadata: Record<string, unknown> = {};
    if (fields.prompt.trim()) {
      metadata['prompt'] = fields.prompt.trim();
    }
    if (type?.negative_prompt && fields.negative.trim()) {
      metadata['negative_prompt'] = fields.negative.trim();
    }
    if ((type?.quantities.length ?? 0) > 1) {
      metadata['num_images'] = fields.quantity;
    }
    if (type?.seed && fields.seedLocked && fields.seed !== '') {
      metadata['seed'] = Number(fields.seed);
    }
    this.chosen().forEach(([slot, picture]) => (metadata[urlField(slot)] = picture.url));
    if (this.chosen().length) {
      metadata['reference_strength'] = fields.strength;
    }
    if (this.chosen().some(([slot]) => slot === 'reference')) {
      metadata['reference_type'] = fields.referenceType;
    }
    return { jobType: type?.id, metadata };
  }

  /** Takes over from an earlier job. */
  reuse(job: Job, what: Reuse, seed = job.metadata.seed): void {
    if (what === 'prompt') {
      this.set({ prompt: job.metadata.prompt ?? '' });
    } else if (what === 'seed') {
      this.set({ seed: String(seed ?? ''), seedLocked: seed !== undefined });
    } else {
      this.set({ ...settingsOf(job), seed: String(seed ?? ''), seedLocked: what === 'settings' && seed !== undefined });
    }
  }
}

function settingsOf(job: Job): Partial<Fields> {
  const { metadata } = job;
  const pictures: Fields['pictures'] = {};
  for (const slot of ['reference', ...FRAMES] as Slot[]) {
    const url = metadata[urlField(slot)];
    if (typeof url === 'string') {
      pictures[slot] = { url, thumbnail: url };
    }
  }
  return {
    typeId: job.job_type,
    prompt: metadata.prompt ?? '',
    negative: metadata.negative_prompt ?? '',
    quantity: metadata.num_images ?? 1,
    pictures,
    referenceType: metadata.reference_type ?? EMPTY.referenceType,
    strength: metadata.reference_strength ?? EMPTY.strength,
  };
}

function urlField(slot: Slot): string {
  return slot === 'reference' ? 'reference_image_url' : `${slot}_reference_image_url`;
}

function stored(): Partial<Fields> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Fields>;
  } catch {
    return {};
  }
}

export const draft = new Draft();
