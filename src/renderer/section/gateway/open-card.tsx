/** The content of an open card, which loads when the first card opens. */
import type { ComponentProps } from "react";

import { GatewayActions } from "./gateway-actions";
import { GatewayEditorForm } from "./gateway-editor-form";

export function OpenCard(
  props: ComponentProps<typeof GatewayEditorForm> & ComponentProps<typeof GatewayActions>,
) {
  return (
    <>
      <GatewayEditorForm {...props} />
      <GatewayActions {...props} />
    </>
  );
}
