import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Something that components show, and that tells them when it has changed. */
export class Store extends EventTarget {
  protected changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** Draws its component anew whenever one of the stores changes. In a component: `private readonly watch = new Watch(this, jobs)`. */
export class Watch implements ReactiveController {
  private readonly stores: Store[];
  private readonly redraw: () => void;

  constructor(host: ReactiveControllerHost, ...stores: Store[]) {
    this.stores = stores;
    this.redraw = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected(): void {
    this.stores.forEach((store) => store.addEventListener('change', this.redraw));
    this.redraw();
  }

  hostDisconnected(): void {
    this.stores.forEach((store) => store.removeEventListener('change', this.redraw));
  }
}
