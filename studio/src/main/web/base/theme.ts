import { Store } from './store.ts';

export type Theme = 'system' | 'dark' | 'light';

const KEY = 'ourvidz.theme';

/** The choice of colours: dark unless the system or the user says light. theme.ts applies it before the page is painted. */
class ThemeChoice extends Store {
  get chosen(): Theme {
    const stored = document.documentElement.dataset['theme'];
    return stored === 'dark' || stored === 'light' ? stored : 'system';
  }

  /** What is seen. */
  get light(): boolean {
    return this.chosen === 'light' || (this.chosen === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  }

  choose(theme: Theme): void {
    if (theme === 'system') {
      delete document.documentElement.dataset['theme'];
      localStorage.removeItem(KEY);
    } else {
      document.documentElement.dataset['theme'] = theme;
      localStorage.setItem(KEY, theme);
    }
    this.changed();
  }
}

export const theme = new ThemeChoice();
