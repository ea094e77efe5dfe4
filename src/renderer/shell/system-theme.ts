/** Applies the system's dark or light theme like mux does: with `data-theme` on the root element. */

/** Sets `data-theme` now and whenever the system theme changes. Returns a function that stops it. */
export function followSystemTheme(root: HTMLElement): () => void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    root.dataset["theme"] = dark.matches ? "dark" : "light";
  };
  apply();
  dark.addEventListener("change", apply);
  return () => {
    dark.removeEventListener("change", apply);
  };
}
