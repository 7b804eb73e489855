import { LitElement, css, html } from 'lit';
import './composer.ts';
import './feed.ts';
import { base } from '../components/controls.ts';
import { addShortcuts } from '../base/shortcuts.ts';
import { submissions } from './submissions.ts';
import { draft } from './draft.ts';
import { answerReuse } from './reuse.ts';

/** The Create view: the form, and beside it what was made of it. */
export class OvCreate extends LitElement {
  private removeShortcuts: () => void = () => undefined;

  static override styles = [
    base,
    css`
      .view {
        display: grid;
        grid-template-columns: minmax(0, 25rem) minmax(0, 1fr);
        gap: var(--space-5);
        align-items: start;
        max-width: var(--wide);
        margin-inline: auto;
        padding: var(--space-4);
      }
      aside {
        position: sticky;
        top: calc(var(--bar) + var(--space-4));
        max-height: calc(100dvh - var(--bar) - 2 * var(--space-4));
        overflow-y: auto;
        padding: var(--space-4) var(--space-4) 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-3);
        background: var(--surface-1);
        scrollbar-width: thin;
      }
      @media (width < 64rem) {
        .view {
          grid-template-columns: minmax(0, 22rem) minmax(0, 1fr);
          gap: var(--space-4);
        }
      }
      @media (width < 48rem) {
        .view {
          grid-template-columns: minmax(0, 1fr);
          padding: var(--space-3);
        }
        aside {
          position: static;
          max-height: none;
          overflow: visible;
          padding: var(--space-4) var(--space-3) 0;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.removeShortcuts = addShortcuts('Create', [
      { keys: 'mod+enter', does: 'Make it', run: () => draft.ready && void submissions.submit() },
      { keys: 'p', does: 'Write the prompt', run: () => document.dispatchEvent(new Event('ov-form-filled')) },
      { keys: 'r', does: 'Roll a seed', run: () => draft.rollSeed() },
    ]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeShortcuts();
  }

  protected override render() {
    return html`<h1 class="unseen">Create</h1>
      <div class="view">
        <aside aria-label="New job"><ov-composer></ov-composer></aside>
        <ov-feed></ov-feed>
      </div>`;
  }
}

answerReuse();
customElements.define('ov-create', OvCreate);
