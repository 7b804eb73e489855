import { LitElement, html } from 'lit';
import '../components/segmented.ts';
import type { OvSegmented } from '../components/segmented.ts';
import { Watch } from '../base/store.ts';
import { theme, type Theme } from '../base/theme.ts';
import { controls } from '../components/controls.ts';
import { panels } from '../components/sections.ts';

const CHOICES: { value: Theme; label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'system', label: 'System' },
];

/** The colours of the studio, in this browser. */
export class OvAppearance extends LitElement {
  protected readonly watch = new Watch(this, theme);

  static override styles = [controls, panels];

  protected override render() {
    return html`<section class="panel" aria-labelledby="heading">
      <div>
        <h2 id="heading">Colours</h2>
        <p class="about">
          Dark lets pictures shine. “System” follows what this device is set to. The choice is kept in this browser.
        </p>
      </div>
      <ov-segmented
        class="narrow"
        label="Colours"
        .choices=${CHOICES}
        .value=${theme.chosen}
        @change=${(event: Event) => theme.choose((event.target as OvSegmented).value as Theme)}
      ></ov-segmented>
    </section>`;
  }
}

customElements.define('ov-appearance', OvAppearance);
