/** Requests of components to the app: open something, use something. They bubble through shadow roots. */

/** Show an asset large. The lightbox walks with the arrow keys through `ids`, as they were when it was opened. */
export interface OpenAsset {
  id: string;
  ids: string[];
}

/** What to take over from an earlier job into the form. */
export type Reuse = 'prompt' | 'seed' | 'settings' | 'remix';

export interface ReuseJob {
  jobId: string;
  what: Reuse;
  /** Of the picture that was meant, where there are several. */
  seed?: number;
}

/** Use a picture of one's own as reference for the next job. */
export interface UseAsReference {
  assetId: string;
  url: string;
}

declare global {
  interface HTMLElementEventMap {
    'ov-open-asset': CustomEvent<OpenAsset>;
    'ov-reuse': CustomEvent<ReuseJob>;
    'ov-use-as-reference': CustomEvent<UseAsReference>;
  }
}

export function tell<N extends 'ov-open-asset' | 'ov-reuse' | 'ov-use-as-reference'>(
  from: EventTarget,
  name: N,
  detail: HTMLElementEventMap[N]['detail'],
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
