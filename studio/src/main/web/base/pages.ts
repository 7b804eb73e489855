import { asApiError, type ApiError } from './api.ts';
import { Store } from './store.ts';

/** A list that comes page by page. */
export class Pages<T> extends Store {
  items: T[] = [];
  loading = false;
  /** Whether the first page has come. */
  loaded = false;
  error: ApiError | undefined;
  private cursor: string | undefined;
  private round = 0;

  /** @param page reads the page after a cursor */
  constructor(private readonly page: (cursor?: string) => Promise<{ items: T[]; next?: string }>) {
    super();
  }

  get more(): boolean {
    return this.cursor !== undefined;
  }

  /** Begins at the newest again; what is shown stays until that has come. */
  async reload(): Promise<void> {
    await this.read(undefined, () => []);
  }

  async showMore(): Promise<void> {
    await this.read(this.cursor, () => this.items);
  }

  replace(known: (item: T) => boolean, item: T): void {
    this.items = this.items.map((old) => (known(old) ? item : old));
    this.changed();
  }

  remove(known: (item: T) => boolean): void {
    this.items = this.items.filter((item) => !known(item));
    this.changed();
  }

  private async read(cursor: string | undefined, before: () => T[]): Promise<void> {
    const round = ++this.round;
    this.loading = true;
    this.error = undefined;
    this.changed();
    try {
      const page = await this.page(cursor);
      if (round === this.round) {
        this.items = [...before(), ...page.items];
        this.cursor = page.next;
        this.loaded = true;
      }
    } catch (e) {
      if (round === this.round) {
        this.error = asApiError(e);
      }
    } finally {
      if (round === this.round) {
        this.loading = false;
        this.changed();
      }
    }
  }
}
