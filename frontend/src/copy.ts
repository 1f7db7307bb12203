const SAID_MS = 2000;

/** A button with `data-copy` puts the text of the element it names on the clipboard, and says so for a moment. */
export function startCopy(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    button.addEventListener("click", () => void copy(button));
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = document.getElementById(button.dataset.copy ?? "");
  if (!text) return;
  const done = await write(text);
  button.dataset.copied = done ? "yes" : "no";
  setTimeout(() => delete button.dataset.copied, SAID_MS);
}

/** Where the browser keeps the clipboard to itself (no TLS), the text is selected, so that one key copies it. */
async function write(text: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text.textContent ?? "");
    return true;
  } catch {
    getSelection()?.selectAllChildren(text);
    return false;
  }
}
