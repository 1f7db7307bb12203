const FULL = 100;

interface ProgressDetail {
  readonly loaded: number;
  readonly total: number;
}

/** Shows how much of the chosen files has reached the server. What the load then does, the page asks for itself. */
export function startUpload(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-upload]");
  const bar = form?.querySelector<HTMLProgressElement>("progress");
  if (!form || !bar) return;
  form.addEventListener("htmx:xhr:progress", (event) => {
    const { loaded, total } = (event as CustomEvent<ProgressDetail>).detail;
    if (total > 0) bar.value = Math.round((FULL * loaded) / total);
  });
  form.addEventListener("htmx:beforeRequest", () => {
    bar.hidden = false;
  });
  form.addEventListener("htmx:afterRequest", () => {
    bar.hidden = true;
  });
}
