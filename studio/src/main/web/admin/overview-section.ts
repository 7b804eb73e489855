import { LitElement, html } from 'lit';
import './figures-panel.ts';
import './queues-panel.ts';
import '../components/problem.ts';
import { Watch } from '../base/store.ts';
import { controls } from '../components/controls.ts';
import { panels } from '../components/sections.ts';
import { monitor } from './monitor.ts';

/** How the platform does at the moment: its queues, its workers, and the figures that it is judged by. */
export class OvOverview extends LitElement {
  protected readonly watch = new Watch(this, monitor);

  static override styles = [controls, panels];

  override connectedCallback(): void {
    super.connectedCallback();
    monitor.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    monitor.stop();
  }

  protected override render() {
    return html`<ov-problem
        what="The figures cannot be shown"
        .error=${monitor.error}
        @retry=${() => monitor.look()}
        ?hidden=${!monitor.error}
      ></ov-problem>
      <ov-queues></ov-queues>
      <ov-figures></ov-figures>`;
  }
}

customElements.define('ov-overview', OvOverview);
