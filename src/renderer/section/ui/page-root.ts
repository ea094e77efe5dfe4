/** The section's root element, which takes the focus when the focused element disappears. */

export function pageOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>(".cfgw");
}
