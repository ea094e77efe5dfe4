/** Moves the focus to a field of a gateway's form. */
import type { GatewayFocus } from "../ui/gateway-opener";

/** `invalid`: the first field with a problem. */
export function focusField(form: string, field: GatewayFocus | "invalid"): void {
  // The form may be about to render the field.
  requestAnimationFrame(() => {
    const root = document.getElementById(form);
    const found =
      field === "invalid"
        ? root?.querySelector('[aria-invalid="true"]')
        : root?.querySelector(`[data-field="${field}"]`);
    const target = found instanceof HTMLInputElement ? found : found?.querySelector("button");
    if (target instanceof HTMLElement) target.focus();
  });
}
