import { css, html, type TemplateResult } from 'lit';

export interface Column<T> {
  heading: string;
  show: (row: T) => unknown;
  /** Numbers stand to the right. */
  number?: boolean;
  /** As wide as there is room. */
  wide?: boolean;
}

/**
 * A table whose rows are cards on phones. The roles are said, for a table that is laid out otherwise loses its own. `<span class="none">`
 * is a cell with nothing in it, which phones leave out.
 */
export function table<T>(label: string, columns: Column<T>[], rows: T[]): TemplateResult {
  return html`<table role="table" aria-label=${label}>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map((column) => html`<th role="columnheader" scope="col" class=${kind(column)}>${column.heading}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (row) =>
          html`<tr role="row">
            ${columns.map(
              (column) =>
                html`<td role="cell" class=${kind(column)} data-heading=${column.heading}>
                  <div>${column.show(row)}</div>
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function kind<T>(column: Column<T>): string {
  return [column.number ? 'number' : '', column.wide ? 'wide' : ''].join(' ').trim();
}

export const tables = css`
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--size-2);
  }
  th {
    padding: var(--space-2) var(--space-3);
    color: var(--text-faint);
    font-size: var(--size-1);
    font-weight: 600;
    text-align: left;
    white-space: nowrap;
  }
  td {
    padding: var(--space-3);
    border-top: 1px solid var(--line);
    vertical-align: middle;
    overflow-wrap: anywhere;
  }
  td:not(.wide) {
    white-space: nowrap;
  }
  .wide {
    width: 99%;
    min-width: 10rem;
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  tr > :first-child {
    padding-left: 0;
  }
  tr > :last-child {
    padding-right: 0;
  }
  @media (width < 48rem) {
    table,
    tbody,
    tr,
    td {
      display: block;
      width: auto;
    }
    thead {
      position: absolute;
      overflow: hidden;
      width: 1px;
      height: 1px;
      clip-path: inset(50%);
    }
    tr {
      padding-block: var(--space-3);
      border-top: 1px solid var(--line);
    }
    td,
    td:not(.wide) {
      display: flex;
      justify-content: space-between;
      align-items: baseline;
      gap: var(--space-4);
      padding: var(--space-1) 0;
      border: 0;
      white-space: normal;
    }
    td:not(.wide)::before {
      flex: none;
      content: attr(data-heading);
      color: var(--text-faint);
    }
    td:has(.none) {
      display: none;
    }
    td > div {
      min-width: 0;
    }
    td:not(.wide) > div {
      text-align: right;
    }
  }
`;
