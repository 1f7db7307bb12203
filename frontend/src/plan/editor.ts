interface Ends {
  /** Keep what was typed, and move so many rows and cells on. */
  readonly keep: (text: string, down: number, across: number) => void;
  readonly leave: () => void;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  Enter: [1, 0],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

/** A field in the place of a cell: Enter, Tab and the vertical arrows keep, Escape leaves; no key goes further. */
export function startEditor(cell: HTMLElement, begun: string, label: string, ends: Ends): void {
  const field = Object.assign(document.createElement("input"), { type: "text", value: begun, autocomplete: "off" });
  field.setAttribute("aria-label", label);
  field.inputMode = "decimal";
  let open = true;
  const end = (what: () => void): void => {
    if (open) {
      open = false;
      what();
    }
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const move = event.key === "Tab" ? [0, event.shiftKey ? -1 : 1] : MOVES[event.key];
    if (event.key !== "Escape" && !move) return;
    event.preventDefault();
    end(() => {
      if (!move || field.value.trim() === "") ends.leave();
      else ends.keep(field.value, move[0] ?? 0, move[1] ?? 0);
    });
  });
  field.addEventListener("blur", () => {
    end(ends.leave);
  });
  cell.replaceChildren(field);
  field.focus();
  field.setSelectionRange(begun.length, begun.length);
}
