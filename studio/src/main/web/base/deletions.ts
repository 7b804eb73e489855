import { asApiError, post } from './api.ts';
import { assets } from './assets.ts';
import { announce, toasts } from './toasts.ts';
import { count } from './format.ts';

const UNDO_MILLIS = 8_000;

/** Deletions that can still be undone: they are sent when the time is over, or when the page is left. */
const pending = new Map<string[], ReturnType<typeof setTimeout>>();

/** Takes assets out of sight at once, and deletes them unless the user undoes it. */
export function deleteAssets(ids: string[]): void {
  assets.hide(ids, true);
  pending.set(
    ids,
    setTimeout(() => void send(ids), UNDO_MILLIS),
  );
  toasts.show({
    text: `${count(ids.length, 'item')} deleted.`,
    millis: UNDO_MILLIS,
    action: { label: 'Undo', run: () => undo(ids) },
  });
}

function undo(ids: string[]): void {
  clearTimeout(pending.get(ids));
  if (pending.delete(ids)) {
    assets.hide(ids, false);
    announce(`${count(ids.length, 'item')} restored.`);
  }
}

async function send(ids: string[], keepalive = false): Promise<void> {
  clearTimeout(pending.get(ids));
  pending.delete(ids);
  try {
    await post('/api/assets/delete', { ids }, { keepalive });
  } catch (e) {
    assets.hide(ids, false);
    toasts.failure(asApiError(e), 'Deleting failed');
  }
}

addEventListener('pagehide', () => [...pending.keys()].forEach((ids) => void send(ids, true)));
