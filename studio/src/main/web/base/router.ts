import { Store } from './store.ts';

/** Addresses that the server itself answers; links to them leave the studio. */
const NOT_OURS = /^\/(api|files|references|assets|login|logout|openapi\.json|actuator)(\/|$)/;

/** Where in the studio the user is. Ordinary links (`<a href="/library">`) go through it. */
class Router extends Store {
  path = location.pathname;
  query = new URLSearchParams(location.search);

  constructor() {
    super();
    addEventListener('popstate', () => this.read());
    document.addEventListener('click', (event) => this.follow(event));
  }

  go(address: string): void {
    if (address !== location.pathname + location.search) {
      history.pushState(null, '', address);
    }
    this.read();
  }

  /** For what should not be a step back, such as a filter. */
  replace(address: string): void {
    history.replaceState(history.state, '', address);
    this.read();
  }

  private read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    this.changed();
  }

  private follow(event: MouseEvent): void {
    const link = event
      .composedPath()
      .find((element): element is HTMLAnchorElement => element instanceof HTMLAnchorElement);
    const another = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || another || event.defaultPrevented || link.target || link.hasAttribute('download')) {
      return;
    }
    const url = new URL(link.href);
    if (url.origin === location.origin && !NOT_OURS.test(url.pathname)) {
      event.preventDefault();
      this.go(url.pathname + url.search);
    }
  }
}

export const router = new Router();
