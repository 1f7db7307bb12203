const A_YEAR = 60 * 60 * 24 * 365;

/** The button that changes between light and dark. The choice is a cookie, so that the server draws the page in it. */
export function startTheme(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-button]");
  button?.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    document.cookie = `theme=${next}; path=/; max-age=${A_YEAR}; samesite=lax`;
  });
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
