import { css } from 'lit';

/** How the grid of the library looks. Rows stand at `--y`; `--cell` is the side of a tile. */
export const gridStyles = css`
  :host {
    display: block;
  }
  .grid {
    position: relative;
    height: var(--height);
    overflow-anchor: none;
    contain: layout style;
  }
  .row {
    position: absolute;
    inset: 0 0 auto;
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    gap: var(--gap);
    height: var(--cell);
    transform: translateY(var(--y));
    contain: layout style;
  }
  .heading {
    position: absolute;
    inset: 0 0 auto;
    display: flex;
    align-items: center;
    height: var(--heading);
    color: var(--text-soft);
    font-size: var(--size-2);
    font-weight: 600;
    transform: translateY(var(--y));
  }
  .cell {
    position: relative;
    overflow: hidden;
    border-radius: var(--radius-1);
    background: var(--surface-2);
  }
  .tile,
  img {
    display: block;
    width: 100%;
    height: 100%;
  }
  .tile {
    cursor: zoom-in;
  }
  .tile:focus-visible {
    outline-offset: -3px;
    outline-width: 3px;
  }
  img {
    object-fit: cover;
    transition: transform var(--calm) var(--ease);
  }
  .cell:hover img {
    transform: scale(1.03);
  }
  .cell[aria-selected='true'] {
    background: var(--accent-wash);
    box-shadow: inset 0 0 0 3px var(--accent);
  }
  .cell[aria-selected='true'] img {
    transform: scale(0.9);
    border-radius: var(--radius-1);
  }
  .marks {
    position: absolute;
    right: var(--space-2);
    bottom: var(--space-2);
    display: flex;
    gap: var(--space-1);
    pointer-events: none;
  }
  .mark {
    display: flex;
    align-items: center;
    gap: 3px;
    height: 1.5rem;
    padding: 0 6px;
    border-radius: var(--radius-round);
    background: var(--over);
    color: var(--on-over);
    font-size: var(--size-1);
    font-variant-numeric: tabular-nums;
  }
  .pick {
    position: absolute;
    top: 0;
    left: 0;
    display: grid;
    place-items: center;
    width: 2.5rem;
    height: 2.5rem;
    cursor: pointer;
    opacity: 0;
    transition: opacity var(--quick);
  }
  .pick input {
    width: 1.35rem;
    height: 1.35rem;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
    filter: drop-shadow(0 0 3px rgb(0 0 0 / 60%));
  }
  .cell:hover .pick,
  .cell:focus-within .pick,
  .picking .pick {
    opacity: 1;
  }
  .picking .tile {
    cursor: pointer;
  }
  @media (hover: none) {
    .grid:not(.picking) .pick {
      opacity: 0;
      pointer-events: none;
    }
  }
`;
