/** The keyboard in a gateway's form: where the focus goes, and which key discards the text. */
import type { KeyboardEvent } from "react";

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

/** Whether a key is an Escape for the form: not one that ends an input method's composition. */
export function discards({ key, nativeEvent }: KeyboardEvent): boolean {
  return key === "Escape" && !nativeEvent.isComposing && nativeEvent.keyCode !== 229;
}
