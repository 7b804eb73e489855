import { LitElement, css, html } from 'lit';
import '../components/dialog.ts';
import { ApiError, asApiError } from '../base/api.ts';
import { bytes } from '../base/format.ts';
import { announce } from '../base/toasts.ts';
import { controls } from '../components/controls.ts';
import type { Reference } from '../base/types.ts';
import { problemOf, upload } from './upload.ts';

/** Asks, before a picture is sent, whether whoever it shows agreed. Set `file`; fires `uploaded` (a CustomEvent of the Reference) or `close`. */
export class OvUploadDialog extends LitElement {
  static override properties = {
    file: { attribute: false },
    error: { state: true },
    busy: { state: true },
  };

  file: File | undefined;
  private error: ApiError | undefined;
  private busy = false;

  static override styles = [
    controls,
    css`
      .file {
        display: flex;
        align-items: center;
        gap: var(--space-4);
        margin-bottom: var(--space-4);
      }
      canvas {
        width: 6rem;
        height: 6rem;
        border-radius: var(--radius-2);
        background: var(--surface-3);
        flex: none;
      }
      .name {
        overflow-wrap: anywhere;
      }
      .problem {
        margin-top: var(--space-3);
      }
      .check {
        padding: var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius-2);
        background: var(--surface-2);
      }
    `,
  ];

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('file')) {
      this.error = this.file && problemOf(this.file);
    }
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('file') && this.file) {
      void this.paint(this.file);
    }
  }

  protected override render() {
    const file = this.file;
    return html`<ov-dialog heading="Use this picture" .open=${file !== undefined} @close=${this.closed}>
      <div class="file">
        <canvas width="192" height="192" role="img" aria-label="Preview"></canvas>
        <p class="name">${file?.name}<br /><span class="hint">${bytes(file?.size ?? 0)}</span></p>
      </div>
      <label class="check">
        <input type="checkbox" id="consent" />
        <span>
          The person in the picture agreed to its use.<br />
          <span class="hint">Leave it empty when the picture shows nobody who can be recognised.</span>
        </span>
      </label>
      <p class="problem" role="alert" ?hidden=${!this.error}>${this.error?.message} ${this.error?.suggestedAction}</p>
      <div slot="footer">
        <button class="button quiet" @click=${this.closed}>Cancel</button>
        <button class="button primary" autofocus ?disabled=${this.busy} @click=${this.send}>
          ${this.busy ? 'Uploading …' : 'Use as reference'}
        </button>
      </div>
    </ov-dialog>`;
  }

  private async send(): Promise<void> {
    if (!this.file) {
      return;
    }
    this.busy = true;
    this.error = undefined;
    try {
      const consent = this.renderRoot.querySelector<HTMLInputElement>('#consent')?.checked ?? false;
      const reference = await upload(this.file, this.file.name, consent);
      announce('The picture is uploaded.');
      this.dispatchEvent(new CustomEvent<Reference>('uploaded', { detail: reference }));
    } catch (e) {
      this.error = asApiError(e);
    } finally {
      this.busy = false;
    }
  }

  private closed(): void {
    this.dispatchEvent(new Event('close'));
  }

  /** On a canvas, so that no address of a local file has to be allowed as a picture's source. */
  private async paint(file: File): Promise<void> {
    const canvas = this.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    context?.clearRect(0, 0, 192, 192);
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.max(192 / picture.width, 192 / picture.height);
      const [width, height] = [picture.width * scale, picture.height * scale];
      context?.drawImage(picture, (192 - width) / 2, (192 - height) / 2, width, height);
    } catch {
      // No picture that this browser reads; the platform will say what it is.
    }
  }
}

customElements.define('ov-upload-dialog', OvUploadDialog);
