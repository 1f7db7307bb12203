const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const PHONE = 760;

/**
 * Tables of figures: arrows go from figure to figure, Home and End along the row, Enter follows (it is a link).
 * Only one figure of a table is in the tab order, so that Tab leaves the table.
 */
export function startGrids(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-grid]")) {
    const links = [...table.querySelectorAll<HTMLAnchorElement>("tbody a")];
    const first = links.find((link) => link.matches("[aria-current]")) ?? links[0];
    for (const link of links) link.tabIndex = link === first ? 0 : -1;
    table.addEventListener("keydown", (event) => {
      onArrow(table, event);
    });
    table.addEventListener("focusin", (event) => {
      if (event.target instanceof HTMLAnchorElement) makeCurrent(table, event.target);
    });
    showNow(table);
  }
}

/** On a phone the months begin with the one before the month that runs: that one would else be beside the window. */
function showNow(table: HTMLTableElement): void {
  const box = table.closest<HTMLElement>(".scroll");
  const now = table.querySelector<HTMLTableCellElement>("thead th.now");
  const before = now?.previousElementSibling;
  const names = table.querySelector<HTMLElement>("thead th");
  if (!box || !names || !(before instanceof HTMLElement) || before === names) return;
  if (window.innerWidth <= PHONE) box.scrollLeft = before.offsetLeft - names.offsetWidth;
}

function onArrow(table: HTMLTableElement, event: KeyboardEvent): void {
  const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLTableCellElement>("td, th") : null;
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.key === "Home" || event.key === "End" ? along(cell, event.key) : beside(table, cell, event.key);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function beside(table: HTMLTableElement, cell: HTMLTableCellElement, key: string): HTMLAnchorElement | null {
  const step = STEPS[key];
  if (!step) return null;
  let row = rowOf(cell).rowIndex + step[0];
  let column = cell.cellIndex + step[1];
  while (table.rows[row] && (step[0] !== 0 || rowOf(cell).cells[column])) {
    const link = table.rows[row]?.cells[column]?.querySelector("a");
    if (link) return link;
    row += step[0];
    column += step[1];
  }
  return null;
}

function along(cell: HTMLTableCellElement, key: string): HTMLAnchorElement | null {
  const links = rowOf(cell).querySelectorAll<HTMLAnchorElement>("td a");
  return links[key === "Home" ? 0 : links.length - 1] ?? null;
}

function rowOf(cell: HTMLTableCellElement): HTMLTableRowElement {
  return cell.parentElement as HTMLTableRowElement;
}

function makeCurrent(table: HTMLTableElement, link: HTMLAnchorElement): void {
  for (const other of table.querySelectorAll<HTMLAnchorElement>('tbody a[tabindex="0"]')) other.tabIndex = -1;
  link.tabIndex = 0;
}
