/** What scrolls sideways: tables, and the months of the planning grid. */
const WIDE = ".scroll, plan-grid .slick-viewport-right";

/** Tables wider than their place: an edge that hides more is marked (`data-more`), so that nobody takes the cut for the end. */
export function startEdges(): void {
  const seen = new ResizeObserver((entries) => {
    for (const entry of entries) mark(entry.target);
  });
  const watch = (root: ParentNode): void => {
    for (const one of root.querySelectorAll(WIDE)) seen.observe(one);
  };
  document.addEventListener(
    "scroll",
    (event) => {
      if (event.target instanceof Element && event.target.matches(WIDE)) mark(event.target);
    },
    { capture: true, passive: true },
  );
  for (const comes of ["htmx:load", "added"]) {
    document.addEventListener(comes, (event) => {
      if (event.target instanceof Element) watch(event.target);
    });
  }
  watch(document);
}

function mark(one: Element): void {
  one.toggleAttribute("data-more", one.scrollLeft + one.clientWidth < one.scrollWidth - 1);
}
