/** Where the rows of a grid of equal squares stand, in pixels from its top. The fresh ones have rows of their own, under a heading. */
export class GridLayout {
  static readonly HEADING = 40;

  readonly columns: number;
  readonly gap: number;
  readonly cell: number;
  private readonly fresh: number;
  private readonly count: number;

  constructor(width: number, fresh: number, count: number) {
    const phone = width < 700;
    const least = phone ? 96 : Math.min(232, 150 + width / 40);
    this.gap = phone ? 3 : 8;
    this.columns = Math.max(2, Math.floor((width + this.gap) / (least + this.gap)));
    this.cell = Math.max(1, (width - this.gap * (this.columns - 1)) / this.columns);
    this.fresh = fresh;
    this.count = count;
  }

  get rows(): number {
    return this.freshRows + Math.ceil((this.count - this.fresh) / this.columns);
  }

  /** The height of everything. */
  get height(): number {
    return Math.max(0, this.top(this.rows) - this.gap);
  }

  /** Two headings when there is something fresh: one over it, one over the rest. */
  get headings(): number[] {
    return this.fresh ? [0, this.top(this.freshRows) - GridLayout.HEADING] : [];
  }

  top(row: number): number {
    const headings = this.fresh === 0 ? 0 : row < this.freshRows ? 1 : 2;
    return headings * GridLayout.HEADING + row * (this.cell + this.gap);
  }

  /** The row that is at this height, or the nearest. */
  rowAt(y: number): number {
    const row = Math.floor((y - this.headings.length * GridLayout.HEADING) / (this.cell + this.gap));
    return Math.min(Math.max(0, row), Math.max(0, this.rows - 1));
  }

  rowOf(place: number): number {
    return place < this.fresh
      ? Math.floor(place / this.columns)
      : this.freshRows + Math.floor((place - this.fresh) / this.columns);
  }

  /** The first place of a row, and the one after its last. */
  placesOf(row: number): [number, number] {
    const inFresh = row < this.freshRows;
    const first = inFresh ? row * this.columns : this.fresh + (row - this.freshRows) * this.columns;
    return [first, Math.min(first + this.columns, inFresh ? this.fresh : this.count)];
  }

  private get freshRows(): number {
    return Math.ceil(this.fresh / this.columns);
  }
}
