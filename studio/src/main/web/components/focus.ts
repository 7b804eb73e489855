import type { LitElement } from 'lit';

/** Puts the focus into the first field of a component's dialog, once that is open; without this its close button would have it. */
export function focusField(component: LitElement): void {
  requestAnimationFrame(() =>
    component.renderRoot.querySelector<HTMLElement>('input:not([hidden], [type="checkbox"]), textarea, select')?.focus(),
  );
}
