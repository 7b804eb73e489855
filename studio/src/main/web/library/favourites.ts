import { asApiError } from '../base/api.ts';
import { assets } from '../base/assets.ts';
import { toasts } from '../base/toasts.ts';
import type { Asset } from '../base/types.ts';

/** Whether it is one now: another view may have changed it since it was listed. */
export function isFavourite(asset: Asset): boolean {
  return (assets.get(asset.id) ?? asset).favourite;
}

export async function prefer(several: Asset[], favourite: boolean): Promise<void> {
  assets.take(several.filter(({ id }) => !assets.get(id)));
  try {
    for (const { id } of several) {
      await assets.prefer(id, favourite);
    }
  } catch (e) {
    toasts.failure(asApiError(e), favourite ? 'Not marked' : 'Not unmarked');
  }
}
