import { LitElement, css, html } from 'lit';
import '../components/dialog.ts';
import { ApiError, asApiError, post } from '../base/api.ts';
import { jobTypes } from '../base/job-types.ts';
import { Watch } from '../base/store.ts';
import { controls } from '../components/controls.ts';
import { icon } from '../components/icon.ts';
import { draft } from './draft.ts';

interface Enhanced {
  enhanced_prompt: string;
  enhanced_by: string;
}

/** Whether this platform can show an enhanced prompt beforehand; known after the first try. */
let offered = true;

/** Shows what the enhancement makes of the prompt, and lets it be edited; it is then sent to the type that takes prompts as they are. */
export class OvEnhancePreview extends LitElement {
  static override properties = {
    enhanced: { state: true },
    busy: { state: true },
    error: { state: true },
  };

  private enhanced: Enhanced | undefined;
  private busy = false;
  private error: ApiError | undefined;
  protected readonly watch = new Watch(this, draft, jobTypes);

  static override styles = [
    controls,
    css`
      .button.small {
        width: 100%;
      }
      textarea {
        min-height: 12rem;
      }
      .hint {
        margin-top: var(--space-2);
      }
    `,
  ];

  protected override render() {
    if (!offered) {
      return '';
    }
    return html`<button
        type="button"
        class="button small"
        ?disabled=${this.busy || !draft.fields.prompt.trim()}
        @click=${this.ask}
      >
        ${icon('wand', 16)}${this.busy ? 'Enhancing …' : 'Preview the enhanced prompt'}
      </button>
      ${this.error
        ? html`<p class="problem" role="alert">${this.error.message} ${this.error.suggestedAction}</p>`
        : ''}
      <ov-dialog
        heading="The enhanced prompt"
        wide
        .open=${this.enhanced !== undefined}
        @close=${() => (this.enhanced = undefined)}
      >
        <label class="field">
          <span class="label">Edit it as you like</span>
          <textarea id="enhanced" .value=${this.enhanced?.enhanced_prompt ?? ''}></textarea>
        </label>
        <p class="hint">Written by ${this.enhanced?.enhanced_by}. It replaces your prompt and is used as it stands.</p>
        <div slot="footer">
          <button class="button quiet" type="button" @click=${() => (this.enhanced = undefined)}>Cancel</button>
          <button class="button primary" type="button" @click=${this.use}>Use this prompt</button>
        </div>
      </ov-dialog>`;
  }

  private async ask(): Promise<void> {
    this.busy = true;
    this.error = undefined;
    try {
      this.enhanced = await post<Enhanced>('/api/enhance-prompt', {
        prompt: draft.fields.prompt.trim(),
        jobType: draft.type?.id,
      });
    } catch (e) {
      const error = asApiError(e);
      offered = error.status !== 404;
      this.error = offered ? error : undefined;
    } finally {
      this.busy = false;
    }
  }

  private use(): void {
    const prompt = this.renderRoot.querySelector<HTMLTextAreaElement>('#enhanced')?.value ?? '';
    draft.set({ prompt, typeId: draft.type?.plain_type ?? draft.fields.typeId });
    this.enhanced = undefined;
  }
}

customElements.define('ov-enhance-preview', OvEnhancePreview);
