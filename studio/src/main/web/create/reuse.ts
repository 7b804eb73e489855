import { asApiError, get } from '../base/api.ts';
import type { ReuseJob, UseAsReference } from '../base/events.ts';
import { jobs } from '../base/jobs.ts';
import { router } from '../base/router.ts';
import { announce, toasts } from '../base/toasts.ts';
import type { Job } from '../base/types.ts';
import { draft } from './draft.ts';
import { upload } from './upload.ts';

const SAID = {
  prompt: 'The prompt is in the form.',
  seed: 'The seed is in the form.',
  settings: 'All settings are in the form.',
  remix: 'The settings are in the form, without the seed.',
};

/** Takes over what any view wants to have made next, and goes to the form. */
export function answerReuse(): void {
  document.addEventListener('ov-reuse', (event) => void reuse((event as CustomEvent<ReuseJob>).detail));
  document.addEventListener('ov-use-as-reference', (event) =>
    void useAsReference((event as CustomEvent<UseAsReference>).detail),
  );
}

async function reuse({ jobId, what, seed }: ReuseJob): Promise<void> {
  try {
    draft.reuse(jobs.get(jobId) ?? (await get<Job>(`/api/jobs/${jobId}`)), what, seed);
    toForm(SAID[what]);
  } catch (e) {
    toasts.failure(asApiError(e));
  }
}

/** A picture that the platform made shows nobody who could be asked for consent. */
async function useAsReference({ url }: UseAsReference): Promise<void> {
  toasts.show({ text: 'Taking the picture as reference …' });
  try {
    const picture = await (await fetch(url)).blob();
    const reference = await upload(picture, 'reference.png', false);
    const slot = draft.slots()[0] ?? 'reference';
    if (!draft.slots().length) {
      draft.set({ typeId: 'sdxl_image_fast' });
    }
    draft.setPicture(slot, { url: reference.url, thumbnail: reference.thumbnail_url });
    toForm('The picture is the reference of the next job.');
  } catch (e) {
    toasts.failure(asApiError(e), 'The picture cannot be used');
  }
}

function toForm(said: string): void {
  router.go('/');
  announce(said);
  document.dispatchEvent(new Event('ov-form-filled'));
}
