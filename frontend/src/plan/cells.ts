/** What the server says of a layer: flat arrays, row after row; of changes and marks only the cells that have one. */
export interface Sent {
  readonly layer: string;
  readonly sequence: number;
  /** The sentence above the grid, with its figures. */
  readonly lead: string;
  readonly months: readonly { readonly label: string; readonly text: string }[];
  readonly levels: readonly string[];
  readonly depths: readonly number[];
  readonly keys: readonly string[];
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly writes: readonly number[];
  readonly shown: readonly (number | null)[];
  readonly added: readonly [readonly number[], readonly number[]];
  readonly marks: readonly [readonly number[], readonly number[]];
}

export const TYPED = 1;
export const CARRIED = 2;
export const SOME_HELD = 4;
export const ALL_HELD = 8;

/** One value on its way to the server: over some months of one place. */
export interface Edit {
  readonly level: string;
  readonly key: string;
  readonly mode: string;
  readonly value?: number;
  readonly first: string;
  readonly periods: number;
}

/** The cells of a layer, and which rows of the tree are open. */
export class Cells {
  readonly closed = new Set<string>();
  visible: number[] = [];
  private readonly added = new Map<number, number>();
  private readonly marks = new Map<number, number>();

  constructor(
    readonly sent: Sent,
    closed?: ReadonlySet<string>,
  ) {
    sent.added[0].forEach((cell, k) => this.added.set(cell, sent.added[1][k] ?? 0));
    sent.marks[0].forEach((cell, k) => this.marks.set(cell, sent.marks[1][k] ?? 0));
    for (const node of closed ?? []) this.closed.add(node);
    this.arrange();
  }

  get width(): number {
    return this.sent.months.length;
  }

  shown(row: number, month: number): number | null {
    return this.sent.shown[row * this.width + month] ?? null;
  }

  change(row: number, month: number): number | undefined {
    return this.added.get(row * this.width + month);
  }

  mark(row: number, month: number): number {
    return this.marks.get(row * this.width + month) ?? 0;
  }

  depth(row: number): number {
    return this.sent.depths[row] ?? 0;
  }

  name(row: number): string {
    return this.sent.names[row] ?? "";
  }

  unit(row: number): string {
    return this.sent.units[row] ?? "";
  }

  writes(row: number): boolean {
    return this.sent.writes[row] === 1;
  }

  level(row: number): string {
    return this.sent.levels[this.depth(row)] ?? "";
  }

  node(row: number): string {
    return `${this.level(row)}:${this.sent.keys[row] ?? ""}`;
  }

  isLeaf(row: number): boolean {
    return this.depth(row) === this.sent.levels.length - 1;
  }

  isOpen(row: number): boolean {
    return !this.closed.has(this.node(row));
  }

  toggle(row: number, open: boolean): void {
    if (open) this.closed.delete(this.node(row));
    else this.closed.add(this.node(row));
    this.arrange();
  }

  /** Close every place at a depth and below, open those above. */
  openTo(depth: number): void {
    this.closed.clear();
    this.sent.depths.forEach((deep, row) => {
      if (deep >= depth && !this.isLeaf(row)) this.closed.add(this.node(row));
    });
    this.arrange();
  }

  find(level: string, key: string): number {
    const depth = this.sent.levels.indexOf(level);
    return this.sent.keys.findIndex((one, row) => one === key && this.depth(row) === depth);
  }

  openAbove(place: number): void {
    let below = this.depth(place);
    for (let row = place; row >= 0 && below > 0; row--) {
      if (this.depth(row) >= below) continue;
      below = this.depth(row);
      this.closed.delete(this.node(row));
    }
    this.arrange();
  }

  edit(row: number, first: number, periods: number, mode: string, value?: number): Edit {
    const label = this.sent.months[first]?.label ?? "";
    const place = { level: this.level(row), key: this.sent.keys[row] ?? "", mode, first: label, periods };
    return value === undefined ? place : { ...place, value };
  }

  private arrange(): void {
    let closedAt = Infinity;
    this.visible = [];
    this.sent.depths.forEach((depth, row) => {
      if (depth > closedAt) return;
      closedAt = this.isOpen(row) ? Infinity : depth;
      this.visible.push(row);
    });
  }
}
