import { css } from 'lit';

/** How the lightbox looks: a stage as large as the window, and the details beside or below it. */
export const lightboxStyles = css`
  dialog {
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--stage);
    color: var(--text);
    overflow: hidden;
  }
  dialog[open] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr);
    animation: appear var(--calm) var(--ease);
  }
  .detailed[open] {
    grid-template-columns: minmax(0, 1fr) 23rem;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .stage {
    position: relative;
    display: grid;
    min-width: 0;
    min-height: 0;
    touch-action: pan-y pinch-zoom;
  }
  .frame {
    display: grid;
    min-width: 0;
    min-height: 0;
    padding: 4rem 4.5rem 1.25rem;
    place-items: center;
    overflow: hidden;
  }
  .picture {
    position: relative;
    display: grid;
    max-width: 100%;
    max-height: 100%;
    aspect-ratio: var(--ratio);
    width: min(100%, calc((100dvh - 5.25rem) * var(--ratio)));
    padding: 0;
    border: 0;
    border-radius: var(--radius-1);
    background: none;
    overflow: hidden;
    cursor: zoom-in;
  }
  .picture > * {
    grid-area: 1 / 1;
    width: 100%;
    height: 100%;
    min-height: 0;
    object-fit: contain;
  }
  .under {
    filter: blur(12px);
  }
  .whole {
    position: relative; /* what is filtered is painted over what is not placed */
  }
  video {
    max-width: 100%;
    max-height: 100%;
    width: min(100%, calc((100dvh - 5.25rem) * var(--ratio)));
    aspect-ratio: var(--ratio);
    border-radius: var(--radius-1);
    background: #000;
  }
  .zoomed .frame {
    display: block;
    padding: 0;
    overflow: auto;
  }
  .zoomed .picture {
    display: block;
    width: max-content;
    min-width: 100%;
    max-width: none;
    min-height: 100%;
    max-height: none;
    aspect-ratio: auto;
    cursor: zoom-out;
    overflow: visible;
  }
  .zoomed .picture > * {
    width: auto;
    height: auto;
    margin: auto;
  }
  .zoomed .under {
    display: none;
  }
  .bar {
    position: absolute;
    z-index: 2;
    inset: 0 0 auto;
    display: flex;
    align-items: center;
    gap: var(--space-1);
    padding: var(--space-2) var(--space-3);
    background: linear-gradient(var(--over-hover), transparent);
    pointer-events: none;
  }
  .bar > * {
    pointer-events: auto;
  }
  .count {
    margin-right: auto;
    padding-left: var(--space-2);
    color: var(--on-over);
    font-size: var(--size-2);
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }
  .over {
    border-color: transparent;
    background: var(--over);
    color: var(--on-over);
  }
  .over:hover {
    border-color: transparent;
    background: var(--over-hover);
    color: var(--on-over);
  }
  .over[aria-pressed='true'],
  .over[aria-expanded='true'] {
    color: var(--over-accent);
  }
  .step {
    position: absolute;
    z-index: 2;
    top: 50%;
    width: 3rem;
    height: 3rem;
    border-radius: 50%;
    transform: translateY(-50%);
  }
  .back {
    left: var(--space-3);
  }
  .on {
    right: var(--space-3);
  }
  .gone {
    margin: auto;
    color: var(--on-over);
    text-align: center;
  }
  ov-asset-details {
    min-height: 0;
    border-left: 1px solid var(--line);
    background: var(--surface-1);
    overflow-y: auto;
  }
  @media (width < 48rem) {
    dialog,
    .detailed[open] {
      grid-template-columns: minmax(0, 1fr);
    }
    .detailed[open] {
      grid-template-rows: 58dvh minmax(0, 1fr);
    }
    .frame {
      padding: 3.75rem 0 0;
    }
    .picture,
    video {
      width: min(100%, calc((100dvh - 3.75rem) * var(--ratio)));
      border-radius: 0;
    }
    .detailed .picture,
    .detailed video {
      width: min(100%, calc((58dvh - 3.75rem) * var(--ratio)));
    }
    .step {
      display: none;
    }
    ov-asset-details {
      border-top: 1px solid var(--line);
      border-left: 0;
    }
  }
  @media (width < 48rem) and (hover: hover) {
    .step {
      display: inline-flex;
    }
  }
`;
