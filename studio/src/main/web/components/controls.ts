import { css } from 'lit';

/** Shared by every component: box sizes, hidden things, focus rings, text for screen readers. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: var(--accent-text);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** `<button class="button">`, with `primary`, `quiet`, `danger`, `small`; `icon-button` for an icon alone (give it an aria-label). */
export const buttons = css`
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: var(--control);
    padding: 0 var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-2);
    background: var(--surface-2);
    color: var(--text);
    font: inherit;
    font-size: var(--size-3);
    font-weight: 550;
    line-height: 1.2;
    text-decoration: none;
    cursor: pointer;
    transition:
      background var(--quick),
      border-color var(--quick),
      color var(--quick);
  }
  .button:hover,
  .icon-button:hover {
    background: var(--surface-3);
    border-color: var(--line-strong);
  }
  .button:disabled,
  .icon-button:disabled,
  .button[aria-disabled='true'] {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 650;
  }
  .primary:hover {
    border-color: transparent;
    background: var(--accent-hover);
  }
  .quiet {
    border-color: transparent;
    background: transparent;
    color: var(--text-soft);
  }
  .quiet:hover {
    color: var(--text);
  }
  .danger {
    color: var(--bad);
  }
  .small {
    min-height: var(--control-small);
    padding: 0 var(--space-3);
    border-radius: var(--radius-1);
    font-size: var(--size-2);
  }
  .icon-button {
    width: var(--control);
    padding: 0;
    flex: none;
  }
  .icon-button.small {
    width: var(--control-small);
  }
  .icon-button[aria-pressed='true'] {
    color: var(--accent-text);
  }
`;

/** `<label class="field"><span class="label">…</span><input></label>`, also for textarea and select; `.hint`, `.problem`. */
export const fields = css`
  .field {
    display: grid;
    gap: var(--space-1);
    min-width: 0;
  }
  .label {
    color: var(--text-soft);
    font-size: var(--size-2);
    font-weight: 550;
  }
  .hint {
    color: var(--text-faint);
    font-size: var(--size-2);
  }
  .problem {
    color: var(--bad);
    font-size: var(--size-2);
  }
  input:not([type='range'], [type='checkbox'], [type='radio'], [type='file']),
  textarea,
  select {
    width: 100%;
    min-width: 0;
    min-height: var(--control);
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-2);
    background: var(--surface-0);
    color: var(--text);
    font: inherit;
    font-size: max(var(--size-3), 16px);
    transition: border-color var(--quick);
  }
  @media (pointer: fine) {
    input:not([type='range'], [type='checkbox'], [type='radio'], [type='file']),
    textarea,
    select {
      font-size: var(--size-3);
    }
  }
  input:hover,
  textarea:hover,
  select:hover {
    border-color: var(--text-faint);
  }
  textarea {
    resize: vertical;
    line-height: 1.5;
  }
  ::placeholder {
    color: var(--text-faint);
    opacity: 1;
  }
  input[type='checkbox'] {
    width: 1.15rem;
    height: 1.15rem;
    margin: 0;
    accent-color: var(--accent);
    flex: none;
  }
  .check {
    display: flex;
    align-items: flex-start;
    gap: var(--space-2);
    font-size: var(--size-2);
    cursor: pointer;
  }
`;

/** All three. */
export const controls = [base, buttons, fields];
