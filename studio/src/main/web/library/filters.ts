import { query } from '../base/api.ts';

/** Which assets are wanted, in the names of the page's address; what is empty does not filter. */
export interface Filters {
  kind: string;
  type: string;
  favourite: string;
  text: string;
  /** The first day, for instance 2026-01-31. */
  from: string;
  /** The last day. */
  to: string;
}

const NONE: Filters = { kind: '', type: '', favourite: '', text: '', from: '', to: '' };

export function readFilters(address: URLSearchParams): Filters {
  const entries = Object.keys(NONE).map((name) => [name, address.get(name) ?? '']);
  return Object.fromEntries(entries) as unknown as Filters;
}

export function isFiltered(filters: Filters): boolean {
  return Object.values(filters).some(Boolean);
}

/** The address of the library, or of one asset over it. */
export function libraryAddress(filters: Filters, id = ''): string {
  return `/library${id && `/${id}`}${query({ ...filters })}`;
}

/** The filters as the API takes them. Days are days where the user is. */
export function asked(filters: Filters): Record<string, string | undefined> {
  const { kind, favourite, text } = filters;
  return { kind, favourite, text, job_type: filters.type, from: instant(filters.from, 0), to: instant(filters.to, 1) };
}

function instant(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  const moment = new Date(year ?? NaN, (month ?? NaN) - 1, (date ?? NaN) + later);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
