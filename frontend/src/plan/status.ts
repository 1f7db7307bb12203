import type { SlickRange } from "slickgrid";
import type { Cells } from "./cells";
import { figure } from "./format";

/** What is selected, in words: the cell with its place and month, or sum, mean and count of a range. */
export function statusOf(cells: Cells, range: SlickRange, word: (code: string) => string): string {
  const first = Math.max(range.fromCell, 1) - 1;
  const places = cells.visible.slice(range.fromRow, range.toRow + 1);
  if (places.length === 1 && range.toCell - 1 <= first) return one(cells, places[0] ?? 0, first, word);
  const values = places.flatMap((place) =>
    cells.sent.shown.slice(place * cells.width + first, place * cells.width + range.toCell).filter((v) => v !== null),
  );
  const units = new Set(places.map((place) => cells.unit(place)));
  const unit = units.size === 1 ? [...units][0] : "";
  const count = `${word("count")} ${figure(values.length)}`;
  if (!unit) return `${word("unlike").split(":")[0] ?? ""} · ${count}`;
  const sum = values.reduce((total, value) => total + value, 0);
  return `${word("sum")} ${figure(sum)} ${unit} · ${word("mean")} ${figure(sum / Math.max(values.length, 1))} · ${count}`;
}

function one(cells: Cells, place: number, month: number, word: (code: string) => string): string {
  const unit = cells.unit(place);
  const where = `${cells.name(place)}, ${cells.sent.months[month]?.text ?? ""}`;
  const shown = unit ? `${figure(cells.shown(place, month))} ${unit}` : word("unlike");
  if (!cells.writes(place)) return `${where}: ${shown} · ${word("notHers")}`;
  return unit ? `${where}: ${shown}` : `${where}: ${shown}; ${word("percent")}`;
}
