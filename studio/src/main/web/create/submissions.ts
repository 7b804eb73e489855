import { ApiError, asApiError, post } from '../base/api.ts';
import { jobs } from '../base/jobs.ts';
import { queue } from '../base/queue.ts';
import { session } from '../base/session.ts';
import { Store } from '../base/store.ts';
import { announce, toasts } from '../base/toasts.ts';
import type { Accepted } from '../base/types.ts';
import { draft } from './draft.ts';

/** An order on its way to the platform. */
export interface Sending {
  key: string;
  prompt: string;
  quantity: number;
  /** Width by height of what will come. */
  ratio: number;
}

/**
 * Orders. Each press has a key of its own, by which the platform knows it again: when the answer is lost, pressing again with the same
 * order is the same press, so that nothing is made or paid twice.
 */
class Submissions extends Store {
  sending: Sending[] = [];
  /** Why the last press came to nothing. */
  failure: ApiError | undefined;
  private unanswered: { body: string; key: string } | undefined;

  async submit(): Promise<void> {
    const order = draft.order();
    const key = this.keyOf(JSON.stringify(order));
    this.failure = undefined;
    await this.send(key, () => post<Accepted>('/api/queue-job', order, { idempotencyKey: key }));
  }

  /** The same job once more, with the changes that the platform documents. */
  async again(jobId: string, changes: Record<string, unknown> = {}): Promise<void> {
    const key = crypto.randomUUID();
    this.failure = undefined;
    await this.send(
      key,
      () => post<Accepted>(`/api/jobs/${jobId}/regenerate`, changes, { idempotencyKey: key }),
      jobs.get(jobId)?.metadata.prompt,
      jobs.get(jobId)?.metadata.num_images,
    );
  }

  forgetFailure(): void {
    this.failure = undefined;
    this.changed();
  }

  private async send(
    key: string,
    ask: () => Promise<Accepted>,
    prompt = draft.fields.prompt,
    quantity = (draft.type?.quantities.length ?? 0) > 1 ? draft.fields.quantity : 1,
  ): Promise<void> {
    const type = draft.type;
    const sending = { key, prompt, quantity, ratio: type ? type.width / type.height : 1 };
    this.sending = [sending, ...this.sending];
    this.changed();
    try {
      this.accepted(await ask());
    } catch (e) {
      this.failure = asApiError(e);
      this.unanswered = this.failure.status === 0 ? this.unanswered : undefined;
      announce(`Not accepted: ${this.failure.message} ${this.failure.suggestedAction}`);
    } finally {
      this.sending = this.sending.filter((other) => other !== sending);
      this.changed();
    }
  }

  private accepted(answer: Accepted): void {
    this.unanswered = undefined;
    jobs.put(answer.job);
    announce('Queued.');
    answer.warnings.forEach((warning) => toasts.show({ text: warning }));
    void session.refresh().catch(() => undefined);
    void queue.look();
  }

  private keyOf(body: string): string {
    if (this.unanswered?.body !== body) {
      this.unanswered = { body, key: crypto.randomUUID() };
    }
    return this.unanswered.key;
  }
}

export const submissions = new Submissions();
