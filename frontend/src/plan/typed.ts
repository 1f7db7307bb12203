/** What a person typed: a figure, a change with its sign, or a percent. */
export interface Typed {
  readonly mode: "set" | "add" | "percent";
  readonly value: number;
}

const WRITTEN = /^(=?)([+-]?)(\d+(?:\.\d*)?|\.\d+)(%?)$/;
const MINUS = /[\u2212\u2013]/g;
const SPACES = /[\s\u00a0\u202f']/g;
const GROUPED = /^([=+-]*)(\d{1,3}(?:,\d{3})+)(\.\d+)?(%?)$/;

/** `120` or `=-5` is a figure, `+10` and `-10` a change, `+5%` and `5%` a percent; null for anything else. */
export function readTyped(text: string): Typed | null {
  const found = WRITTEN.exec(plain(text));
  if (!found) return null;
  const [, equals, sign, digits, percent] = found;
  const value = Number(`${sign ?? ""}${digits ?? ""}`);
  if (percent) return equals ? null : { mode: "percent", value };
  return { mode: sign && !equals ? "add" : "set", value };
}

/** A figure that stands in another program; null where there is none. */
export function readFigure(text: string): number | null {
  const found = WRITTEN.exec(plain(text));
  return found && !found[4] ? Number(`${found[2] ?? ""}${found[3] ?? ""}`) : null;
}

/** Spaces and grouping commas out; a comma alone is the decimal sign of half the world. */
function plain(text: string): string {
  const bare = text.replace(MINUS, "-").replace(SPACES, "");
  return GROUPED.test(bare) ? bare.replaceAll(",", "") : bare.replace(",", ".");
}
