/** Tables wider than their place: an edge that hides more is marked (`data-more`), so that nobody takes the cut for the end. */
export function startEdges(): void {
  const seen = new ResizeObserver((entries) => {
    for (const entry of entries) mark(entry.target);
  });
  const watch = (root: ParentNode): void => {
    for (const one of root.querySelectorAll(".scroll")) seen.observe(one);
  };
  document.addEventListener(
    "scroll",
    (event) => {
      if (event.target instanceof Element && event.target.matches(".scroll")) mark(event.target);
    },
    { capture: true, passive: true },
  );
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof Element) watch(event.target);
  });
  watch(document);
}

function mark(one: Element): void {
  one.toggleAttribute("data-more", one.scrollLeft + one.clientWidth < one.scrollWidth - 1);
}
