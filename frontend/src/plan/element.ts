import { SlickCellSelectionModel, SlickGrid, SlickRange } from "slickgrid";
import type { Column, SlickEventData } from "slickgrid";
import { Cells, type Edit } from "./cells";
import { copied, pasted } from "./clipboard";
import { startEditor } from "./editor";
import { fill } from "./format";
import { monthColumn, placeColumn, placeWidth, type Row } from "./look";
import { type Answer, type Batch, read, send } from "./server";
import { statusOf } from "./status";
import { readTyped } from "./typed";

const ROW = 28;
const STARTS_TYPING = /^[-+=.,\d]$/;
type Words = Readonly<Record<string, string>>;

/** A layer as a grid: the tree of places to the left, months to the right, everything by the keyboard. */
export class PlanGrid extends HTMLElement {
  private cells!: Cells;
  private grid!: SlickGrid<Row>;
  private words: Words = {};
  private readonly mine: number[][] = [];
  private moved = new Set<string>();
  private busy = false;

  connectedCallback(): void {
    this.words = JSON.parse(document.querySelector("#plan-words")?.textContent ?? "{}") as Words;
    this.say("reading");
    void read(this.dataset["cells"] ?? "").then(
      (sent) => {
        this.cells = new Cells(sent);
        this.cells.openTo(1);
        this.draw();
        this.listen();
        this.reveal(new URLSearchParams(location.search));
      },
      () => {
        this.say("gone");
      },
    );
  }

  private element<T extends HTMLElement>(name: string): T {
    return this.querySelector<T>(`[data-${name}]`) as T;
  }

  private word(code: string, ...values: readonly string[]): string {
    return fill(this.words[code] ?? code, ...values);
  }

  private say(code: string, ...values: readonly string[]): void {
    this.element("status").textContent = this.word(code, ...values);
  }

  private draw(): void {
    const rows = {
      getLength: () => this.cells.visible.length,
      getItem: (at: number): Row => ({ at: this.cells.visible[at] ?? 0 }),
    };
    const word = (code: string): string => this.word(code);
    const columns: Column<Row>[] = [
      placeColumn(() => this.cells, word),
      ...this.cells.sent.months.map((month, k) => monthColumn(month.text, k, () => this.cells, this.isMoved, word)),
    ];
    const body = this.element("body");
    this.grid = new SlickGrid<Row>(body, rows as never, columns, {
      rowHeight: ROW,
      headerRowHeight: ROW,
      frozenColumn: 0,
      enableCellNavigation: true,
      enableColumnReorder: false,
      enableHtmlRendering: false,
      nonce: this.dataset["nonce"] ?? "",
    });
    this.grid.setSelectionModel(new SlickCellSelectionModel() as never);
    // What takes the focus for the grid stands beside it: a treegrid holds rows and nothing else.
    for (const sink of body.querySelectorAll<HTMLElement>(":scope > div[tabindex]:not(.slick-pane)")) body.after(sink);
    for (const part of body.querySelectorAll(".slick-pane, .grid-canvas")) part.removeAttribute("tabindex");
    for (const part of body.querySelectorAll(".slick-viewport")) part.setAttribute("role", "rowgroup");
    body.setAttribute("role", "treegrid");
    body.setAttribute("aria-label", this.dataset["label"] ?? "");
    body.setAttribute("aria-rowcount", String(this.cells.visible.length + 1));
    body.dispatchEvent(new CustomEvent("added", { bubbles: true }));
    this.grid.setActiveCell(0, 1);
    if (document.activeElement === document.body) this.grid.focus();
  }

  private listen(): void {
    this.grid.onKeyDown.subscribe((event) => {
      if (this.onKey(event.getNativeEvent<KeyboardEvent>())) stop(event);
    });
    this.grid.onClick.subscribe((event, { row, cell }) => {
      if (cell === 0 && (event.target as HTMLElement).closest(".branch")) this.toggle(row);
    });
    this.grid.onDblClick.subscribe((_, { cell }) => {
      if (cell > 0) this.type("");
    });
    this.grid.getSelectionModel()?.onSelectedRangesChanged.subscribe(() => {
      this.tell();
    });
    this.addEventListener("copy", (event) => {
      if (inField(event)) return;
      event.clipboardData?.setData("text/plain", copied(this.cells, this.range()));
      event.preventDefault();
      this.say("copied");
    });
    this.addEventListener("paste", (event) => {
      if (inField(event)) return;
      event.preventDefault();
      this.paste(event.clipboardData?.getData("text/plain") ?? "");
    });
    for (const button of this.querySelectorAll<HTMLButtonElement>("button[data-do]")) {
      button.addEventListener("click", () => {
        this.act(button.dataset["do"] ?? "");
      });
    }
    window.addEventListener("resize", () => {
      const [place, ...figures] = this.grid.getColumns();
      if (place && place.width !== placeWidth()) this.grid.setColumns([{ ...place, width: placeWidth() }, ...figures]);
      this.grid.resizeCanvas();
    });
    this.tell();
  }

  /** Whether the key was ours. What is not moves through the grid, or through the page. */
  private onKey(event: KeyboardEvent): boolean {
    if (inField(event)) return false;
    if (event.ctrlKey || event.metaKey) return event.key === "z" ? this.act("undo") : false;
    if (event.altKey) return false;
    const at = this.grid.getActiveCell();
    if (at?.cell === 0 && (event.key === "ArrowLeft" || event.key === "ArrowRight") && !event.shiftKey) {
      return this.fold(at.row, event.key === "ArrowRight");
    }
    if (at?.cell === 0 && event.key === "Enter") return this.toggle(at.row);
    if (event.key === "Enter" || event.key === "F2") return this.type("");
    if (event.key === "l" || event.key === "L") return this.act(event.shiftKey ? "unlock" : "lock");
    if (event.key === "h") return this.act("story");
    if (event.key === "w") return this.act("try");
    return STARTS_TYPING.test(event.key) && this.type(event.key);
  }

  private act(what: string): boolean {
    if (what === "undo") this.undo();
    else if (what === "story") void this.story();
    else if (what === "try") void this.open("try");
    else if (what.startsWith("open-")) this.openTo(Number(what.slice("open-".length)));
    else void this.sendEdits(this.over((row, first, width) => this.cells.edit(row, first, width, what)));
    return true;
  }

  private openTo(depth: number): void {
    this.cells.openTo(depth);
    this.redraw(this.grid.getActiveCell()?.cell ?? 1, 0);
  }

  /** Open or close a place; on one that is so already, the arrow moves on into the row. */
  private fold(row: number, open: boolean): boolean {
    const place = this.cells.visible[row] ?? 0;
    if (this.cells.isLeaf(place) || this.cells.isOpen(place) === open) return false;
    return this.toggle(row);
  }

  private toggle(row: number): boolean {
    const place = this.cells.visible[row] ?? 0;
    if (this.cells.isLeaf(place)) return false;
    this.cells.toggle(place, !this.cells.isOpen(place));
    this.redraw(0, row);
    return true;
  }

  private redraw(cell: number, row: number): void {
    this.grid.invalidate();
    this.element("body").setAttribute("aria-rowcount", String(this.cells.visible.length + 1));
    this.grid.setActiveCell(row, cell);
    this.grid.focus();
  }

  /** The months that are selected, row by row: a range over the place column means its months. */
  private range(): SlickRange {
    const at = this.grid.getActiveCell();
    const found = this.grid.getSelectionModel()?.getSelectedRanges()[0];
    return found ?? new SlickRange(at?.row ?? 0, at?.cell ?? 1);
  }

  private over(make: (row: number, first: number, width: number) => Edit): Edit[] {
    const range = this.range();
    const first = Math.max(range.fromCell, 1) - 1;
    const edits: Edit[] = [];
    for (let row = range.fromRow; row <= range.toRow; row++) {
      const place = this.cells.visible[row];
      if (place !== undefined && this.cells.writes(place)) edits.push(make(place, first, range.toCell - first));
    }
    return edits;
  }

  private type(begun: string): boolean {
    const at = this.grid.getActiveCell();
    if (!at || at.cell === 0) return false;
    const node = this.grid.getCellNode(at.row, at.cell);
    if (!node || !this.cells.writes(this.cells.visible[at.row] ?? 0)) {
      this.say("notTyped");
      return true;
    }
    startEditor(node, begun, this.word("edit"), {
      keep: (text, down, across) => {
        this.keep(text, at.row, at.cell, down, across);
      },
      leave: () => {
        this.grid.updateCell(at.row, at.cell);
        this.grid.focus();
      },
    });
    return true;
  }

  private keep(text: string, row: number, cell: number, down: number, across: number): void {
    const typed = readTyped(text);
    const edits = typed && this.over((place, at, width) => this.cells.edit(place, at, width, typed.mode, typed.value));
    this.grid.updateCell(row, cell);
    this.grid.setActiveCell(
      Math.min(Math.max(row + down, 0), this.cells.visible.length - 1),
      Math.min(Math.max(cell + across, 1), this.cells.width),
    );
    this.grid.focus();
    if (!edits) this.say("notNumber", text);
    else void this.sendEdits(edits);
  }

  private paste(text: string): void {
    const found = pasted(this.cells, this.range(), text);
    if (found.wrong) this.say(found.wrong, found.text ?? "");
    else void this.sendEdits(found.edits);
  }

  private undo(): void {
    const last = this.mine.pop();
    if (!last) this.say("undoNothing");
    else void this.post({ undo: last, seen: this.cells.sent.sequence });
  }

  private async sendEdits(edits: readonly Edit[]): Promise<void> {
    if (edits.length === 0) {
      this.say("notTyped");
      return;
    }
    const reason = this.querySelector<HTMLInputElement>("[data-reason]")?.value ?? "";
    await this.post({ edits, seen: this.cells.sent.sequence, reason });
  }

  private async post(batch: Batch): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.say("saving");
    const answer = await send(this.dataset["cells"] ?? "", batch);
    this.busy = false;
    if (answer?.grid) this.renew(answer);
    if (answer?.ok && answer.made && !batch.undo) this.mine.push([...answer.made]);
    if (!answer?.ok && batch.undo) this.mine.push([...batch.undo]);
    this.element("told").replaceChildren();
    if (!answer) this.say("gone");
    else if (answer.ok) this.element("status").textContent = answer.said;
    else if (answer.said === "signedOut") this.say("signedOut");
    else this.refused(answer, batch);
  }

  /** What came back takes the place of what is shown, and only the cells that differ are drawn again. */
  private renew(answer: Answer): void {
    if (!answer.grid) return;
    const before = this.cells;
    this.cells = new Cells(answer.grid, before.closed);
    const lead = document.querySelector("[data-plan-lead]");
    if (lead) lead.textContent = answer.grid.lead;
    this.moved = answer.ok ? new Set() : differing(before, this.cells);
    const seen = this.grid.getRenderedRange();
    for (let row = seen.top; row <= seen.bottom; row++) {
      const place = this.cells.visible[row];
      if (place === undefined) continue;
      for (let month = 0; month < this.cells.width; month++) {
        if (before.mark(place, month) !== this.cells.mark(place, month) || !same(before, this.cells, place, month)) {
          this.grid.updateCell(row, month + 1);
        }
      }
    }
    this.grid.invalidateRows(this.cells.visible.map((_, row) => row).filter((row) => row < seen.top || row > seen.bottom));
  }

  private readonly isMoved = (row: number, month: number): boolean => this.moved.has(`${row}:${month}`);

  /** The sentence of a refusal; where somebody was faster, who moved what and the ways on. */
  private refused(answer: Answer, batch: Batch): void {
    const told = document.createElement("div");
    told.className = "message error";
    const lines = [answer.said, ...(answer.moved ?? []).map(({ who, where }) => this.word("movedBy", who, where))];
    told.append(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    if (answer.moved && batch.edits) {
      const now = this.cells.sent.sequence;
      told.append(
        this.button("rest", () => void this.post({ ...batch, rest: true })),
        this.button("onNew", () => void this.post({ ...batch, seen: now })),
        this.button("leave", () => {
          this.element("told").replaceChildren();
          this.grid.focus();
        }),
      );
    }
    this.element("told").replaceChildren(told);
    this.tell();
    told.querySelector("button")?.focus();
  }

  private button(code: string, act: () => void): HTMLButtonElement {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: this.word(code) });
    made.addEventListener("click", act);
    return made;
  }

  private tell(): void {
    this.element("status").textContent = statusOf(this.cells, this.range(), (code) => this.word(code));
  }

  /** The cell that the address names, with everything above it open, and its story in the panel. */
  private reveal(asked: URLSearchParams): void {
    const place = this.cells.find(asked.get("level") ?? "", asked.get("key") ?? "");
    const month = this.cells.sent.months.findIndex(({ label }) => label === asked.get("month"));
    if (place < 0 || month < 0) return;
    this.cells.openAbove(place);
    this.redraw(month + 1, this.cells.visible.indexOf(place));
    void this.story();
  }

  /** Open the story of the active cell in the panel, under an address of its own. */
  private async story(): Promise<void> {
    const asked = await this.open("cell");
    if (asked) history.replaceState({}, "", `?${asked.toString()}`);
  }

  /** Open what an address says of the active cell in the panel; null where there is nothing. */
  private async open(address: "cell" | "try"): Promise<URLSearchParams | null> {
    const at = this.grid.getActiveCell();
    const place = this.cells.visible[at?.row ?? 0] ?? 0;
    const month = this.cells.sent.months[Math.max((at?.cell ?? 1) - 1, 0)]?.label ?? "";
    const asked = new URLSearchParams({ level: this.cells.level(place), key: this.cells.sent.keys[place] ?? "", month });
    const answer = await fetch(`${this.dataset[address] ?? ""}?${asked.toString()}`, { headers: { "HX-Target": "panel" } });
    const panel = document.querySelector("#panel");
    if (!panel || !answer.ok) {
      this.say("gone");
      return null;
    }
    panel.innerHTML = await answer.text();
    panel.dispatchEvent(new CustomEvent("added", { bubbles: true }));
    panel.querySelector<HTMLElement>("h2")?.focus();
    const closed = new MutationObserver(() => {
      if (panel.childElementCount === 0) this.grid.focus();
      closed.disconnect();
    });
    closed.observe(panel, { childList: true });
    return asked;
  }
}

function stop(event: SlickEventData): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}

function inField(event: Event): boolean {
  return event.target instanceof HTMLInputElement;
}

function same(one: Cells, other: Cells, row: number, month: number): boolean {
  return one.shown(row, month) === other.shown(row, month) && one.change(row, month) === other.change(row, month);
}

function differing(before: Cells, after: Cells): Set<string> {
  const found = new Set<string>();
  after.sent.depths.forEach((_, row) => {
    for (let month = 0; month < after.width; month++) {
      if (!same(before, after, row, month)) found.add(`${row}:${month}`);
    }
  });
  return found;
}
