/** The HTTP API. Every failure, also one of the network, becomes an {@link ApiError}. */

export class ApiError extends Error {
  constructor(
    /** For the user, as the platform said it. */
    message: string,
    /** The HTTP status; 0 when the platform could not be reached. */
    readonly status: number,
    /** What the user can do. */
    readonly suggestedAction: string,
    readonly retryable: boolean,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

export interface Call {
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as a form. */
  form?: FormData;
  /** The same key and body never make a second job. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** Also when the page is being left. */
  keepalive?: boolean;
  /** A 401 is an answer here and no reason to ask for a sign-in. */
  signedOut?: boolean;
}

/** Resolves when someone has signed in again; set by the session, which knows how to ask. */
let signInAgain: () => Promise<void> = () => Promise.reject(new Error('nobody asks'));

export function whenSignedOut(ask: () => Promise<void>): void {
  signInAgain = ask;
}

export function get<T>(path: string, call: Call = {}): Promise<T> {
  return request<T>('GET', path, call);
}

export function post<T>(path: string, json?: unknown, call: Call = {}): Promise<T> {
  return request<T>('POST', path, json === undefined ? call : { ...call, json });
}

export function put<T>(path: string, call: Call = {}): Promise<T> {
  return request<T>('PUT', path, call);
}

export function patch<T>(path: string, json: unknown, call: Call = {}): Promise<T> {
  return request<T>('PATCH', path, { ...call, json });
}

export function del<T>(path: string, call: Call = {}): Promise<T> {
  return request<T>('DELETE', path, call);
}

/** A query of those parameters that have a value. */
export function query(parameters: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return given.length ? '?' + new URLSearchParams(given.map(([name, value]) => [name, String(value)])) : '';
}

export async function request<T>(method: string, path: string, call: Call = {}): Promise<T> {
  let response = await send(method, path, call);
  if (response.status === 401 && !call.signedOut) {
    await signInAgain();
    response = await send(method, path, call);
  }
  const body = await read(response);
  if (!response.ok) {
    throw failure(response, body);
  }
  return body as T;
}

async function send(method: string, path: string, call: Call): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (call.json !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (call.idempotencyKey) {
    headers['Idempotency-Key'] = call.idempotencyKey;
  }
  try {
    return await fetch(path, {
      method,
      headers,
      body: call.json !== undefined ? JSON.stringify(call.json) : call.form,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: call.signal,
      keepalive: call.keepalive,
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') {
      throw e;
    }
    throw new ApiError(
      'The platform cannot be reached.',
      0,
      'Check the connection and try again. What is being made goes on meanwhile.',
      true,
    );
  }
}

async function read(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

function failure(response: Response, body: unknown): ApiError {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (field: string) => (typeof said[field] === 'string' ? (said[field] as string) : undefined);
  const wait = Number(response.headers.get('Retry-After')) || undefined;
  return new ApiError(
    text('error') ?? 'Something went wrong.',
    response.status,
    text('suggestedAction') ?? advice(response.status, wait),
    said['retryable'] === true || response.status === 429 || response.status >= 500,
    wait,
  );
}

/** What to do where the platform leaves it open. */
function advice(status: number, wait?: number): string {
  switch (status) {
    case 401:
      return 'Sign in again.';
    case 402:
      return 'Choose a cheaper job, or ask the operator for credits.';
    case 403:
      return 'Change what you ask for and try again.';
    case 404:
      return 'It may have been deleted. Reload the page.';
    case 413:
      return 'Choose a smaller file.';
    case 429:
    case 503:
      return wait ? `Try again in ${wait} seconds.` : 'Try again in a moment.';
    default:
      return status >= 500 ? 'Try again in a moment.' : 'Check what you entered.';
  }
}

/** Any failure as one that can be shown. */
export function asApiError(e: unknown): ApiError {
  return e instanceof ApiError
    ? e
    : new ApiError('Something went wrong in the page.', 0, 'Reload the page. Nothing that was accepted is lost.', true);
}
