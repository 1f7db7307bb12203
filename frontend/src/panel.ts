/** The side panel: it takes the focus when it opens, Escape or its button closes it and gives the focus back. */
export function startSidePanel(): void {
  let opener: HTMLElement | null = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target instanceof HTMLElement && event.target.closest('[hx-target="#panel"]')) opener = event.target;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target instanceof HTMLElement && event.target.id === "panel") {
      mark(opener);
      document.querySelector<HTMLElement>("#panel h2")?.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) close(event, opener);
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-close-panel]")) close(event, opener);
  });
}

function close(event: Event, opener: HTMLElement | null): void {
  const panel = document.querySelector("#panel");
  const link = panel?.querySelector<HTMLAnchorElement>("[data-close-panel]");
  if (!panel || !link) return;
  event.preventDefault();
  history.pushState({}, "", link.href);
  panel.replaceChildren();
  mark(null);
  (opener ?? document.querySelector<HTMLElement>('table[data-grid] a[tabindex="0"]'))?.focus();
}

function mark(opened: HTMLElement | null): void {
  for (const link of document.querySelectorAll("table[data-grid] a[aria-current]")) link.removeAttribute("aria-current");
  if (opened?.closest("table[data-grid]")) opened.setAttribute("aria-current", "true");
}
