import { css } from 'lit';

/** How a job's card looks. */
export const cardStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  article {
    display: grid;
    gap: var(--space-3);
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-3);
    background: var(--surface-1);
  }
  /* One picture stands beside what is said of it, where there is room. */
  @media (width >= 72rem) {
    article.beside {
      grid-template-columns: minmax(0, 22rem) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
      column-gap: var(--space-4);
    }
    article.beside.tall {
      grid-template-columns: minmax(0, 16rem) minmax(0, 1fr);
    }
    article.beside > .media {
      grid-row: 1 / 3;
    }
    article.beside > header {
      grid-column: 2;
    }
    article.beside .prompt {
      -webkit-line-clamp: 6;
    }
    article.beside > .notes {
      grid-column: 2;
    }
  }
  .media,
  .notes {
    display: grid;
    gap: var(--space-3);
    align-content: start;
    min-width: 0;
  }
  .notes:empty {
    display: none;
  }
  header {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: var(--space-3);
  }
  .words {
    min-width: 0;
  }
  .prompt {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    font-size: var(--size-3);
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .more-facts {
    color: var(--text-soft);
    font-size: var(--size-2);
    overflow-wrap: anywhere;
  }
  .more-facts b {
    color: var(--text-faint);
    font-weight: 550;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-3);
    margin-top: 2px;
    color: var(--text-faint);
    font-size: var(--size-1);
    font-variant-numeric: tabular-nums;
  }
  .actions {
    display: flex;
    flex: none;
    gap: 2px;
  }
  .grid {
    display: grid;
    gap: var(--space-2);
  }
  .grid.one {
    grid-template-columns: minmax(0, 22rem);
  }
  .grid.one.tall {
    grid-template-columns: minmax(0, 18rem);
  }
  .grid.several {
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }
  .failed-actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  strong {
    display: block;
    overflow-wrap: anywhere;
  }
  @media (width < 48rem) {
    article {
      padding: var(--space-3);
    }
    .grid.several {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
`;
