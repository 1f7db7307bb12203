import type { Column } from "slickgrid";
import { ALL_HELD, CARRIED, type Cells, SOME_HELD, TYPED } from "./cells";
import { change, figure } from "./format";

/** A row of the grid: the number of its place among those of the tree. */
export interface Row {
  readonly at: number;
}

const PLACE_WIDTH = 300;
const PLACE_SHARE = 0.5; // of a phone: two months stay beside the places
const MONTH_WIDTH = 82;
type Word = (code: string) => string;

/** As wide as names need, and at most a part of the window: the figures have the rest. */
export function placeWidth(): number {
  return Math.min(PLACE_WIDTH, Math.round(window.innerWidth * PLACE_SHARE));
}

/** The frozen column: what a place is called, indented by its depth, with the mark that opens it. */
export function placeColumn(cells: () => Cells, word: Word): Column<Row> {
  return {
    id: "place",
    field: "at",
    name: word("place"),
    width: placeWidth(),
    resizable: false,
    sortable: false,
    cssClass: "place",
    formatter: (_row, _cell, at: number) => {
      const now = cells();
      const held = document.createElement("span");
      held.className = `depth-${now.depth(at)}`;
      held.append(branch(now, at), now.name(at), unit(now, at));
      return { html: held, toolTip: `${now.sent.keys[at] ?? ""}` };
    },
  };
}

function branch(cells: Cells, at: number): HTMLElement {
  const mark = document.createElement("span");
  mark.className = "branch";
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = cells.isLeaf(at) ? "" : cells.isOpen(at) ? "▾" : "▸";
  return mark;
}

function unit(cells: Cells, at: number): HTMLElement {
  const said = document.createElement("span");
  said.className = "unit";
  said.textContent = cells.depth(at) < 2 && cells.unit(at) ? ` ${cells.unit(at)}` : "";
  return said;
}

/** A month: its figure, and by class what was typed, carried or locked; the words of it in the tip. */
export function monthColumn(
  text: string,
  month: number,
  cells: () => Cells,
  moved: (row: number, month: number) => boolean,
  word: Word,
): Column<Row> {
  return {
    id: `m${month}`,
    field: "at",
    name: text,
    width: MONTH_WIDTH,
    resizable: false,
    sortable: false,
    cssClass: "figure",
    headerCssClass: "figure",
    formatter: (_row, _cell, at: number) => {
      const now = cells();
      const mark = now.mark(at, month);
      const looks = [
        mark & TYPED ? "typed" : "",
        mark & CARRIED ? "carried" : "",
        mark & ALL_HELD ? "held" : mark & SOME_HELD ? "some-held" : "",
        now.writes(at) ? "" : "not-hers",
        moved(at, month) ? "moved" : "",
      ];
      const addClasses = looks.filter(Boolean).join(" ");
      return { text: figure(now.shown(at, month)), addClasses, removeClasses: ALL_LOOKS, toolTip: tip(now, at, month, word) };
    },
  };
}

const ALL_LOOKS = "typed carried held some-held not-hers moved";

function tip(cells: Cells, at: number, month: number, word: Word): string {
  const mark = cells.mark(at, month);
  const added = cells.change(at, month);
  const said = [
    cells.unit(at) || word("unlike"),
    mark & TYPED && added !== undefined ? `${change(added)} ${word("typed")}` : "",
    mark & CARRIED ? word("carried") : "",
    mark & ALL_HELD ? word("held") : mark & SOME_HELD ? word("someHeld") : "",
    cells.writes(at) ? "" : word("notHers"),
  ];
  return said.filter(Boolean).join(" · ");
}
