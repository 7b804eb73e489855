import { ApiError, del, get, post, whenSignedOut } from './api.ts';
import { Store } from './store.ts';
import type { Session } from './types.ts';

/**
 * Who is signed in. When a session ends while someone works, `expired` is true: the page stays as it is, a dialog asks, and the calls
 * that were refused go on after it.
 */
class SessionStore extends Store {
  current: Session | undefined;
  /** Whether the platform has been asked yet. */
  known = false;
  expired = false;
  private waiting: { resolve: () => void; reject: (e: unknown) => void }[] = [];

  constructor() {
    super();
    whenSignedOut(() => this.ask());
  }

  async load(): Promise<void> {
    try {
      this.current = await get<Session>('/api/session', { signedOut: true });
      this.known = true;
    } catch (e) {
      if (!(e instanceof ApiError) || e.status !== 401) {
        throw e;
      }
      this.known = true;
      this.current = undefined;
    } finally {
      this.changed();
    }
  }

  /** The balance changes with every job. */
  async refresh(): Promise<void> {
    this.current = await get<Session>('/api/session');
    this.changed();
  }

  async signIn(name: string, password: string): Promise<void> {
    const before = this.current?.user;
    const session = await post<Session>('/api/session', { name, password }, { signedOut: true });
    if (before !== undefined && before !== session.user) {
      location.reload(); // what the page shows is somebody else's
      return;
    }
    this.signedIn(session);
  }

  /** After a sign-in elsewhere, for instance by the link in another tab. */
  async signedInElsewhere(): Promise<boolean> {
    try {
      this.signedIn(await get<Session>('/api/session', { signedOut: true }));
      return true;
    } catch {
      return false;
    }
  }

  async signOut(): Promise<void> {
    await del('/api/session', { signedOut: true }).catch(() => undefined);
    location.assign('/');
  }

  /** The user would rather not: what was asked for fails as it would have. */
  dismiss(): void {
    this.expired = false;
    this.waiting.splice(0).forEach(({ reject }) =>
      reject(new ApiError('You are signed out.', 401, 'Sign in to go on.', false)),
    );
    this.changed();
  }

  private signedIn(session: Session): void {
    this.current = session;
    this.known = true;
    this.expired = false;
    this.waiting.splice(0).forEach(({ resolve }) => resolve());
    this.changed();
  }

  /** A call that was on its way while the session was renewed, here or in another tab, needs nobody to sign in. */
  private async ask(): Promise<void> {
    if (await this.signedInElsewhere()) {
      return;
    }
    this.expired = true;
    this.changed();
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }
}

export const session = new SessionStore();
