/** Dark or light as the system is, told to the page the way mux tells it: `data-theme` on the root. */

/** Sets `data-theme` now and on every later change of the system's. Returns the way to stop. */
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
