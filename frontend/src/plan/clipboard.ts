import type { SlickRange } from "slickgrid";
import type { Cells, Edit } from "./cells";
import { readFigure } from "./typed";

interface Pasted {
  readonly edits: readonly Edit[];
  /** The code of the sentence that says why not, and the text that it is about. */
  readonly wrong?: string;
  readonly text?: string;
}

/** A range as a spreadsheet takes it: tabs between months, a line per place; numbers plain, places by their name. */
export function copied(cells: Cells, range: SlickRange): string {
  const lines: string[] = [];
  for (let row = range.fromRow; row <= range.toRow; row++) {
    const place = cells.visible[row] ?? 0;
    const line: string[] = [];
    for (let cell = range.fromCell; cell <= range.toCell; cell++) {
      line.push(cell === 0 ? cells.name(place) : String(cells.shown(place, cell - 1) ?? ""));
    }
    lines.push(line.join("\t"));
  }
  return lines.join("\n");
}

/** What was copied elsewhere as edits from the first selected cell on; one value alone fills the range. */
export function pasted(cells: Cells, range: SlickRange, text: string): Pasted {
  const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const alone = lines.length === 1 && lines[0]?.length === 1;
  const rows = alone ? range.toRow - range.fromRow + 1 : lines.length;
  const edits: Edit[] = [];
  for (let down = 0; down < rows; down++) {
    const width = alone ? range.toCell - Math.max(range.fromCell, 1) + 1 : (lines[down]?.length ?? 0);
    for (let across = 0; across < width; across++) {
      const written = (alone ? lines[0]?.[0] : lines[down]?.[across]) ?? "";
      const place = cells.visible[range.fromRow + down];
      const month = Math.max(range.fromCell, 1) - 1 + across;
      if (place === undefined || month >= cells.width) return { edits: [], wrong: "tooWide" };
      if (written.trim() === "") continue;
      const value = readFigure(written);
      if (value === null) return { edits: [], wrong: "notNumber", text: written };
      if (value !== cells.shown(place, month)) edits.push(cells.edit(place, month, 1, "set", value));
    }
  }
  return { edits };
}
