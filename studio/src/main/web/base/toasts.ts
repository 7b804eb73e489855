import type { ApiError } from './api.ts';
import { Store } from './store.ts';

export interface Toast {
  text: string;
  /** What the user can do about it. */
  advice?: string;
  tone?: 'plain' | 'bad';
  /** How long it is shown. */
  millis?: number;
  action?: { label: string; run: () => void };
}

const USUAL_MILLIS = 6_000;
const BAD_MILLIS = 12_000;

/** Short messages that go by themselves; read out politely. */
class Toasts extends Store {
  shown: Toast[] = [];

  show(toast: Toast): void {
    this.shown = [...this.shown, toast].slice(-4);
    announce([toast.text, toast.advice].filter(Boolean).join(' '));
    setTimeout(() => this.dismiss(toast), toast.millis ?? (toast.tone === 'bad' ? BAD_MILLIS : USUAL_MILLIS));
    this.changed();
  }

  failure(error: ApiError, what?: string): void {
    this.show({ text: what ? `${what}: ${error.message}` : error.message, advice: error.suggestedAction, tone: 'bad' });
  }

  dismiss(toast: Toast): void {
    this.shown = this.shown.filter((other) => other !== toast);
    this.changed();
  }
}

export const toasts = new Toasts();

/** What the polite live region says. */
class Announcements extends Store {
  text = '';

  say(text: string): void {
    this.text = text;
    this.changed();
  }
}

export const announcements = new Announcements();

/** Says something to those who listen to the page rather than look at it. */
export function announce(text: string): void {
  announcements.say(text);
}
