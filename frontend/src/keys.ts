const OFF = "onenumber.keys.off";
const SECOND_KEY_MS = 1200;

let goPressedAt = 0;

/** Keys: `/` search, `?` the list, `g` and a letter to go, `j` and `k` to the next and previous place, a page's own, Escape out. */
export function startKeys(): void {
  document.addEventListener("keydown", onKey);
  for (const button of document.querySelectorAll("[data-keys-button]")) {
    button.addEventListener("click", showList);
  }
  const choice = document.querySelector<HTMLInputElement>("[data-keys-choice]");
  if (choice) {
    choice.checked = lettersWork();
    choice.addEventListener("change", () => {
      localStorage.setItem(OFF, choice.checked ? "" : "1");
    });
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return leave();
  if (!lettersWork() || isTyping(event.target)) return;
  const went = Date.now() - goPressedAt < SECOND_KEY_MS && follow(`[data-go="${CSS.escape(event.key)}"]`);
  goPressedAt = event.key === "g" && !went ? Date.now() : 0;
  if (went || act(event.key)) event.preventDefault();
}

function act(key: string): boolean {
  switch (key) {
    case "/":
      return focusSearch();
    case "?":
      showList();
      return true;
    case "j":
      return follow("[data-next]");
    case "k":
      return follow("[data-previous]");
    default:
      return press(key);
  }
}

function follow(selector: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`a${selector}`);
  link?.click();
  return link !== null;
}

/** A letter of the page itself: what carries it is clicked, and the first field of what opens is ready to type in. */
function press(key: string): boolean {
  const carrier = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  carrier?.click();
  const opened = carrier?.closest("details[open]") ?? carrier?.parentElement;
  if (carrier?.matches("summary")) opened?.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
  return carrier !== null;
}

function focusSearch(): boolean {
  const box = document.querySelector<HTMLInputElement>("[data-search]");
  box?.focus();
  box?.select();
  return box !== null;
}

function showList(): void {
  document.querySelector<HTMLDialogElement>("#keys")?.showModal();
}

/** Escape: out of the search first, then out of an open list of the frame. An open panel closes itself (panel.ts). */
function leave(): void {
  const box = document.activeElement;
  if (box instanceof HTMLInputElement && box.matches("[data-search]")) {
    box.value = "";
    box.blur();
    document.querySelector("#hits")?.replaceChildren();
    return;
  }
  for (const open of document.querySelectorAll<HTMLDetailsElement>("details[data-floating][open]")) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

function lettersWork(): boolean {
  return !localStorage.getItem(OFF);
}
