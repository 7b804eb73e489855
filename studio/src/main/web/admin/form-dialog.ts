import { LitElement, css, html, type TemplateResult } from 'lit';
import '../components/dialog.ts';
import { asApiError, type ApiError } from '../base/api.ts';
import { controls } from '../components/controls.ts';
import { focusField } from '../components/focus.ts';
import { panels } from '../components/sections.ts';

/** A dialog with a form that is sent to the platform: it keeps what was typed when that fails, and says why. Fires `close`. */
export abstract class FormDialog extends LitElement {
  static override properties = { open: { type: Boolean }, user: {}, error: { state: true }, busy: { state: true } };

  open = false;
  /** Whom it is about. */
  user = '';
  protected error: ApiError | undefined;
  protected busy = false;

  static override styles = [
    controls,
    panels,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  protected abstract heading(): string;

  protected abstract content(): TemplateResult;

  /** What is done with what was typed. */
  protected abstract send(given: FormData): Promise<void>;

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('open') && this.open) {
      this.opened();
      focusField(this);
    }
  }

  /** For what a dialog does when it opens. */
  protected opened(): void {
    // Most wait for the user.
  }

  protected override render() {
    return html`<ov-dialog .heading=${this.heading()} .open=${this.open} @close=${this.closed}>${this.content()}</ov-dialog>`;
  }

  /** The fields, what went wrong, and the button. */
  protected form(fields: TemplateResult, action: string): TemplateResult {
    return html`<form @submit=${this.submit}>
      ${fields}
      <p class="problem" role="alert" ?hidden=${!this.error}>${this.error?.message} ${this.error?.suggestedAction}</p>
      <div><button class="button primary" ?disabled=${this.busy}>${action}</button></div>
    </form>`;
  }

  protected closed(): void {
    this.error = undefined;
    this.renderRoot.querySelector('form')?.reset();
    this.open = false;
    this.dispatchEvent(new Event('close'));
  }

  /** Runs what may fail, and shows how it failed. */
  protected async attempt(action: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.error = undefined;
    try {
      await action();
    } catch (e) {
      this.error = asApiError(e);
    } finally {
      this.busy = false;
    }
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    void this.attempt(() => this.send(given));
  }
}
