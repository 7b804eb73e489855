import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Our own icons: strokes on a grid of 24, in the colour of the text. */
const SHAPES = {
  spark: svg`<path d="M12 3v4M12 17v4M3 12h4M17 12h4M6 6l2.5 2.5M15.5 15.5 18 18M18 6l-2.5 2.5M8.5 15.5 6 18"/>`,
  image: svg`<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="9" cy="10" r="1.6"/><path d="m5 18 5-5 3 3 3-3 3.5 3.5"/>`,
  video: svg`<rect x="3" y="6" width="13" height="12" rx="2.5"/><path d="m16 10.5 5-2.5v8l-5-2.5z"/>`,
  library: svg`<rect x="4" y="4" width="7" height="7" rx="1.8"/><rect x="13" y="4" width="7" height="7" rx="1.8"/><rect x="4" y="13" width="7" height="7" rx="1.8"/><rect x="13" y="13" width="7" height="7" rx="1.8"/>`,
  account: svg`<circle cx="12" cy="8.5" r="3.5"/><path d="M5 20c.8-3.6 3.5-5.5 7-5.5s6.2 1.9 7 5.5"/>`,
  admin: svg`<path d="M5 20V10M12 20V4M19 20v-7"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>`,
  moon: svg`<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>`,
  help: svg`<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.7v.3M12 16.8v.1"/>`,
  dice: svg`<rect x="4" y="4" width="16" height="16" rx="3.5"/><path d="M8.5 8.5v.01M15.5 8.5v.01M12 12v.01M8.5 15.5v.01M15.5 15.5v.01" stroke-width="2.6"/>`,
  lock: svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2.2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>`,
  unlock: svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2.2"/><path d="M8 10.5V8a4 4 0 0 1 7.5-2"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  download: svg`<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14"/>`,
  heart: svg`<path d="M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20z"/>`,
  heartFull: svg`<path fill="currentColor" d="M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20z"/>`,
  trash: svg`<path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5"/>`,
  more: svg`<path d="M6 12v.01M12 12v.01M18 12v.01" stroke-width="2.8"/>`,
  retry: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5"/>`,
  reuse: svg`<path d="M4.5 9.5h11a4 4 0 0 1 0 8H9M8 5.5l-4 4 4 4"/>`,
  warning: svg`<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1"/>`,
  info: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.7v.1"/>`,
  upload: svg`<path d="M12 16V5M7.5 9 12 4.5 16.5 9M5 20h14"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  search: svg`<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>`,
  filter: svg`<path d="M4 6h16M7 12h10M10 18h4"/>`,
  left: svg`<path d="m14.5 5-7 7 7 7"/>`,
  right: svg`<path d="m9.5 5 7 7-7 7"/>`,
  down: svg`<path d="m5 9 7 7 7-7"/>`,
  coin: svg`<circle cx="12" cy="12" r="8.5"/><path d="M14.8 9.3A3.6 3.6 0 0 0 12 8a4 4 0 0 0 0 8 3.6 3.6 0 0 0 2.8-1.3"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`,
  key: svg`<circle cx="8" cy="15.5" r="3.8"/><path d="m10.8 12.7 8-8M16 7.5l2.5 2.5"/>`,
  link: svg`<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.2"/><path d="M15.5 5.5v-.3a1.7 1.7 0 0 0-1.7-1.7H6.2a1.7 1.7 0 0 0-1.7 1.7v7.6a1.7 1.7 0 0 0 1.7 1.7h.3"/>`,
  wand: svg`<path d="m4 20 10-10M14 4v3M20 10h-3M18.5 5.5l-1.7 1.7M14 10l2 2"/>`,
  panel: svg`<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><path d="M14.5 4.5v15"/>`,
  play: svg`<path fill="currentColor" d="M8 5.5v13l10.5-6.5z"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof SHAPES;

/** An icon beside text or in a labelled button; never read out. */
export function icon(name: IconName, size = 20): TemplateResult {
  return html`<svg
    class="icon"
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.7"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    ${SHAPES[name]}
  </svg>`;
}
