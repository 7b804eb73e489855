import { LitElement, css, html } from 'lit';
import '../components/segmented.ts';
import '../components/slider.ts';
import './enhance-preview.ts';
import './order-button.ts';
import './reference-section.ts';
import './seed-field.ts';
import './type-picker.ts';
import type { OvSegmented } from '../components/segmented.ts';
import { controls } from '../components/controls.ts';
import { jobTypes } from '../base/job-types.ts';
import { Watch } from '../base/store.ts';
import { draft } from './draft.ts';
import { submissions } from './submissions.ts';

const LONGEST_PROMPT = 4_000;

/** The form: everything that the chosen type supports, and nothing else. */
export class OvComposer extends LitElement {
  protected readonly watch = new Watch(this, draft, jobTypes);
  private readonly filled = () => this.renderRoot.querySelector('textarea')?.focus();

  static override styles = [
    controls,
    css`
      form {
        display: grid;
        gap: var(--space-3);
      }
      textarea {
        min-height: 6.5rem;
      }
      textarea.short {
        min-height: 2.75rem;
      }
      .prompt {
        display: grid;
        gap: var(--space-2);
      }
      .head {
        display: flex;
        justify-content: space-between;
      }
      .keys {
        color: var(--text-faint);
        font-size: var(--size-1);
      }
      @media (pointer: coarse), (width < 48rem) {
        .keys {
          display: none;
        }
      }
      .count {
        color: var(--bad);
        font-size: var(--size-1);
      }
      .pair {
        display: grid;
        grid-template-columns: minmax(7rem, 9rem) minmax(0, 1fr);
        gap: var(--space-3);
      }
      @media (width < 22rem) {
        .pair {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('ov-form-filled', this.filled);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('ov-form-filled', this.filled);
  }

  protected override render() {
    const type = draft.type;
    return html`<form @submit=${this.submit} @keydown=${this.key} aria-label="New job">
      ${this.prompt()}
      <ov-type-picker></ov-type-picker>
      ${type?.group === 'enhanced' ? html`<ov-enhance-preview></ov-enhance-preview>` : ''}
      ${(type?.quantities.length ?? 0) > 1 || type?.seed
        ? html`<div class="pair">${this.quantity()} ${type?.seed ? html`<ov-seed-field></ov-seed-field>` : ''}</div>`
        : ''}
      ${type?.negative_prompt ? this.negative() : ''}
      ${type?.references.length ? html`<ov-reference-section></ov-reference-section>` : ''}
      ${type ? html`<ov-order-button @order=${this.send}></ov-order-button>` : ''}
    </form>`;
  }

  private prompt() {
    const over = [...draft.fields.prompt].length - LONGEST_PROMPT;
    return html`<div class="prompt">
      <span class="head">
        <label class="label" for="prompt">Prompt</label>
        <span class="keys" aria-hidden="true">${navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl'} + Enter makes it</span>
      </span>
      <textarea
        id="prompt"
        placeholder="A red lighthouse by the sea at sunset"
        .value=${draft.fields.prompt}
        @input=${(event: Event) => draft.set({ prompt: (event.target as HTMLTextAreaElement).value })}
      ></textarea>
      ${over > 0 ? html`<span class="count" role="alert">${over} characters too long.</span>` : ''}
    </div>`;
  }

  private quantity() {
    const quantities = draft.type?.quantities ?? [1];
    return html`<div class="field">
      <span class="label" aria-hidden="true">Pictures</span>
      <ov-segmented
        label="Pictures"
        .choices=${quantities.map((each) => ({ value: String(each), label: String(each) }))}
        .value=${String(draft.fields.quantity)}
        @change=${(event: Event) => draft.set({ quantity: Number((event.target as OvSegmented).value) })}
      ></ov-segmented>
    </div>`;
  }

  private negative() {
    return html`<label class="field">
      <span class="label">Negative prompt</span>
      <textarea
        class="short"
        rows="1"
        placeholder="What should not be in it"
        .value=${draft.fields.negative}
        @input=${(event: Event) => draft.set({ negative: (event.target as HTMLTextAreaElement).value })}
      ></textarea>
    </label>`;
  }

  private key(event: KeyboardEvent): void {
    const inDialog = event.composedPath().some((element) => element instanceof HTMLDialogElement);
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !inDialog) {
      event.preventDefault();
      this.send();
    }
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.send();
  }

  private send(): void {
    if (draft.ready) {
      void submissions.submit();
    } else {
      this.filled();
    }
  }
}

customElements.define('ov-composer', OvComposer);
