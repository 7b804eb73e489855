import { LitElement, html } from 'lit';
import './dialog.ts';
import { controls } from './controls.ts';

export interface Question {
  heading: string;
  text: string;
  /** What the button that goes on says. */
  action: string;
}

class OvConfirm extends LitElement {
  static override properties = { open: { state: true } };
  static override styles = controls;

  question: Question = { heading: '', text: '', action: '' };
  answer: (yes: boolean) => void = () => undefined;
  private open = true;

  protected override render() {
    return html`<ov-dialog .heading=${this.question.heading} .open=${this.open} @close=${() => this.end(false)}>
      <p>${this.question.text}</p>
      <div slot="footer">
        <button class="button" @click=${() => this.end(false)}>Cancel</button>
        <button class="button danger" @click=${() => this.end(true)}>${this.question.action}</button>
      </div>
    </ov-dialog>`;
  }

  /** The dialog closes first, so that the focus goes back to where it was. */
  private end(yes: boolean): void {
    this.open = false;
    this.answer(yes);
    void this.updateComplete.then(() => setTimeout(() => this.remove()));
  }
}

customElements.define('ov-confirm', OvConfirm);

/** Asks before something that cannot be undone. */
export function confirmed(question: Question): Promise<boolean> {
  const dialog = new OvConfirm();
  dialog.question = question;
  return new Promise((resolve) => {
    dialog.answer = resolve;
    document.body.append(dialog);
  });
}
