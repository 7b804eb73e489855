import { LitElement, css, html } from 'lit';
import '../components/banner.ts';
import { base } from '../components/controls.ts';
import { duration } from '../base/format.ts';
import { jobs } from '../base/jobs.ts';
import { queue } from '../base/queue.ts';
import { Watch } from '../base/store.ts';

const DEEP = 10;

/** What everybody should know of the platform: that it is busy, that a worker is down, that it cannot be reached. */
export class OvPlatformBanners extends LitElement {
  protected readonly watch = new Watch(this, queue, jobs);

  static override styles = [
    base,
    css`
      div {
        display: grid;
        gap: var(--space-2);
        padding-top: var(--space-3);
      }
    `,
  ];

  protected override render() {
    const banners = [this.unreachable(), this.deep(), ...queue.down().map((name) => this.down(name))].filter(Boolean);
    return banners.length ? html`<div>${banners}</div>` : '';
  }

  private unreachable() {
    return jobs.connection === 'offline'
      ? html`<ov-banner tone="bad">
          The platform cannot be reached. What is being made goes on; this page catches up by itself.
        </ov-banner>`
      : '';
  }

  private deep() {
    const depth = queue.status?.queueDepth ?? 0;
    const oldest = Math.max(0, ...(queue.status?.queues ?? []).map((each) => each.oldestWaitSeconds));
    return depth > DEEP
      ? html`<ov-banner tone="warn">
          High queue volume: ${depth} jobs are waiting, the oldest for ${duration(oldest)}. Expect longer wait times.
        </ov-banner>`
      : '';
  }

  private down(name: string) {
    return html`<ov-banner tone="warn">
      No worker for ${name === 'sdxl_queue' ? 'SDXL pictures' : 'videos and WAN pictures'} is running at the moment. Jobs
      wait until one is back.
    </ov-banner>`;
  }
}

customElements.define('ov-platform-banners', OvPlatformBanners);
