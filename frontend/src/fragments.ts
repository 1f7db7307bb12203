import htmx from "htmx.org";

/** Fragments of pages: htmx without anything that a strict content security policy forbids. */
export function startHtmx(): void {
  htmx.config.allowEval = false;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.selfRequestsOnly = true;
  htmx.config.historyCacheSize = 0;
  htmx.config.refreshOnHistoryMiss = true;
  // What the planning grid puts into the panel has forms of its own.
  document.addEventListener("added", (event) => {
    if (event.target instanceof HTMLElement) htmx.process(event.target);
  });
  // A refusal (403, 409 ...) comes with a sentence: it belongs on the page, where it was asked for.
  htmx.config.responseHandling = [
    { code: "204", swap: false },
    { code: "...", swap: true },
  ];
}
