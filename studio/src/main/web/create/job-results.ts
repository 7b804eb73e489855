import { LitElement, css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '../components/menu.ts';
import '../components/tile.ts';
import { asApiError } from '../base/api.ts';
import { assets } from '../base/assets.ts';
import { deleteAssets } from '../base/deletions.ts';
import { tell } from '../base/events.ts';
import { assetId, downloadUrl } from '../base/format.ts';
import { jobTypes } from '../base/job-types.ts';
import { isVideo } from '../base/jobs.ts';
import { Watch } from '../base/store.ts';
import { toasts } from '../base/toasts.ts';
import type { Job } from '../base/types.ts';
import { base, buttons } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import type { MenuItem } from '../components/menu.ts';
import { submissions } from './submissions.ts';
import { cardStyles } from './job-card-styles.ts';

interface Result {
  id: string;
  url: string;
  thumbnail: string;
  index: number;
}

/** A job's pictures as a grid of 1, 3 or 6, or its video as a player. */
export class OvJobResults extends LitElement {
  static override properties = { job: { attribute: false } };

  job!: Job;
  protected readonly watch = new Watch(this, assets, jobTypes);

  static override styles = [
    base,
    buttons,
    cardStyles,
    css`
      video {
        display: block;
        width: 100%;
        border-radius: var(--radius-2);
        background: var(--surface-0);
        aspect-ratio: 480 / 832;
      }
      .under {
        display: flex;
        gap: var(--space-1);
        padding-top: var(--space-2);
      }
      .over {
        background: var(--over);
        color: var(--on-over);
      }
      .over:hover {
        background: var(--over-hover);
        color: var(--on-over);
      }
    `,
  ];

  protected override render() {
    const results = this.results();
    const type = jobTypes.get(this.job.job_type);
    const ratio = type ? type.width / type.height : 1;
    const shape = results.length === 1 ? 'one' : 'several';
    return html`<div class="grid ${shape} ${ratio < 1 ? 'tall' : ''}">
      ${repeat(
        results,
        (result) => result.id,
        (result) => (isVideo(this.job) ? this.video(result) : this.picture(result, ratio, results)),
      )}
    </div>`;
  }

  private results(): Result[] {
    return this.job.assets
      .map((url, index) => ({ id: assetId(url), url, thumbnail: this.job.thumbnails[index] ?? url, index }))
      .filter((result) => !assets.isGone(result.id));
  }

  private picture(result: Result, ratio: number, all: Result[]) {
    return html`<ov-tile
      .src=${result.thumbnail}
      .full=${result.url}
      .alt=${this.prompt}
      .ratio=${ratio}
      .favourite=${assets.isFavourite(result.id)}
      @open=${() => tell(this, 'ov-open-asset', { id: result.id, ids: all.map((each) => each.id) })}
    >
      <span slot="actions">${this.buttons(result, 'over')}</span>
    </ov-tile>`;
  }

  private video(result: Result) {
    return html`<div>
      <video
        src=${result.url}
        poster=${result.thumbnail}
        controls
        loop
        playsinline
        preload="metadata"
        aria-label=${this.prompt}
      ></video>
      <div class="under">${this.buttons(result, 'quiet')}</div>
    </div>`;
  }

  private buttons(result: Result, look: 'over' | 'quiet') {
    const favourite = assets.isFavourite(result.id);
    return html`<button
        class="icon-button small ${look}"
        aria-label="Favourite"
        title="Favourite"
        aria-pressed=${favourite}
        @click=${() => this.prefer(result.id, !favourite)}
      >
        ${icon(favourite ? 'heartFull' : 'heart', 18)}
      </button>
      <a
        class="icon-button small ${look}"
        href=${downloadUrl(result.url)}
        download
        aria-label="Download"
        title="Download"
      >
        ${icon('download', 18)}
      </a>
      <ov-menu label="More for this one" .items=${this.items(result)} ?over=${look === 'over'}></ov-menu>`;
  }

  private items(result: Result): MenuItem[] {
    const seeds = this.job.metadata.seeds;
    const seed = seeds?.[result.index] ?? this.job.metadata.seed;
    const picture: MenuItem[] = isVideo(this.job)
      ? []
      : [
          {
            label: 'Use as reference',
            icon: 'image',
            run: () => tell(this, 'ov-use-as-reference', { assetId: result.id, url: result.url }),
          },
        ];
    const several: MenuItem[] = (this.job.metadata.num_images ?? 1) > 1
      ? [
          {
            label: 'Make this one again',
            icon: 'retry',
            run: () => void submissions.again(this.job.id, { index: result.index }),
          },
        ]
      : [];
    return [
      ...picture,
      {
        label: `Use its seed${seed === undefined ? '' : `, ${seed}`}`,
        icon: 'lock',
        run: () => tell(this, 'ov-reuse', { jobId: this.job.id, what: 'seed', seed }),
      },
      ...several,
      { label: 'Delete', icon: 'trash', danger: true, run: () => deleteAssets([result.id]) },
    ];
  }

  private get prompt(): string {
    return this.job.metadata.prompt ?? 'Made without a prompt';
  }

  private async prefer(id: string, favourite: boolean): Promise<void> {
    try {
      await assets.prefer(id, favourite);
    } catch (e) {
      toasts.failure(asApiError(e));
    }
  }
}

customElements.define('ov-job-results', OvJobResults);
