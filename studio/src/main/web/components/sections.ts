import { css, html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from './icon.ts';

/** A part of a view, with an address of its own. */
export interface Section {
  path: string;
  label: string;
  icon: IconName;
  render: () => TemplateResult;
}

/** The section of an address; the first one for addresses that name none. */
export function sectionOf(sections: Section[], path: string): Section {
  return sections.find((section) => section.path === path) ?? (sections[0] as Section);
}

/** A view of several sections: its heading, links to all of them, and the one that is shown. */
export function sectioned(heading: string, sections: Section[], path: string): TemplateResult {
  const shown = sectionOf(sections, path);
  return html`<h1>${heading}</h1>
    <div class="sectioned">
      <nav aria-label=${`${heading}: sections`}>
        <ul>
          ${sections.map(
            (section) =>
              html`<li>
                <a href=${section.path} aria-current=${section === shown ? 'page' : nothing}>
                  ${icon(section.icon, 18)}${section.label}
                </a>
              </li>`,
          )}
        </ul>
      </nav>
      <div class="section">${shown.render()}</div>
    </div>`;
}

export const sectionStyles = css`
  :host {
    display: block;
    max-width: 76rem;
    margin-inline: auto;
    padding: var(--space-6) var(--space-4) var(--space-7);
  }
  h1 {
    font-size: var(--size-5);
    font-weight: 700;
    letter-spacing: -0.015em;
  }
  .sectioned {
    display: grid;
    grid-template-columns: 12rem minmax(0, 1fr);
    align-items: start;
    gap: var(--space-6);
    margin-top: var(--space-5);
  }
  nav {
    position: sticky;
    top: calc(var(--bar) + var(--space-5));
  }
  nav ul {
    display: grid;
    gap: var(--space-1);
  }
  nav a {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: var(--control);
    padding: 0 var(--space-3);
    border-radius: var(--radius-2);
    color: var(--text-soft);
    font-size: var(--size-3);
    font-weight: 550;
    text-decoration: none;
    white-space: nowrap;
    transition: background var(--quick);
  }
  nav a:hover {
    background: var(--surface-2);
    color: var(--text);
  }
  nav a[aria-current='page'] {
    background: var(--surface-2);
    color: var(--text);
  }
  nav a[aria-current='page'] svg {
    color: var(--accent-text);
  }
  .section {
    min-width: 0;
  }
  @media (width < 48rem) {
    :host {
      padding-top: var(--space-5);
    }
    .sectioned {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-4);
      margin-top: var(--space-4);
    }
    nav {
      position: static;
    }
    nav ul {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
    }
    nav a {
      gap: var(--space-2);
      border: 1px solid var(--line);
      border-radius: var(--radius-round);
      font-size: var(--size-2);
    }
    nav a[aria-current='page'] {
      border-color: var(--line-strong);
    }
  }
`;

/** `<section class="panel">` with `<header>`: heading and sentence at the left, buttons at the right; `.pill` with `good`, `bad`. */
export const panels = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5);
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
    padding: var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--radius-3);
    background: var(--surface-1);
  }
  ov-dialog {
    display: contents;
  }
  .panel > header {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: var(--space-3);
  }
  h2 {
    font-size: var(--size-4);
    font-weight: 650;
    line-height: 1.3;
  }
  h3 {
    font-size: var(--size-3);
    font-weight: 650;
  }
  .about {
    max-width: 38rem;
    margin-top: var(--space-1);
    color: var(--text-soft);
    font-size: var(--size-2);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  .mono {
    font-family: var(--font-mono);
    overflow-wrap: anywhere;
  }
  .soft {
    color: var(--text-soft);
  }
  .faint {
    color: var(--text-faint);
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    padding: 1px var(--space-2);
    border: 1px solid var(--line);
    border-radius: var(--radius-round);
    color: var(--text-soft);
    font-size: var(--size-1);
    font-weight: 600;
    white-space: nowrap;
  }
  .pill.good {
    color: var(--good);
  }
  .pill.warn {
    color: var(--warn);
  }
  .pill.bad {
    color: var(--bad);
  }
  form,
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
  }
  .narrow {
    max-width: 26rem;
  }
  @media (width < 48rem) {
    .panel {
      padding: var(--space-4);
    }
  }
`;
