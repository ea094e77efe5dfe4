/** The form for a new gateway, which loads when the page first needs it. */
import { useEffect, useState, type ComponentProps, type ComponentType } from "react";

import type { AddGateway } from "./add-gateway";

type Form = ComponentType<ComponentProps<typeof AddGateway>>;

let loaded: Form | null = null;

/** Resolves when the form can be shown without a delay. Rejects if it could not be loaded. */
export async function loadAddGateway(): Promise<void> {
  const { AddGateway: form } = await import("./add-gateway");
  loaded = form;
}

/** Without Suspense, which keeps its fallback on screen for longer than the form needs to load. */
export function AddGatewayOnDemand(props: ComponentProps<typeof AddGateway>) {
  const [Known, setKnown] = useState(() => loaded);
  useEffect(() => {
    if (Known !== null) return undefined;
    let isMounted = true;
    const load = async () => {
      await loadAddGateway();
      if (isMounted) setKnown(() => loaded);
    };
    // Without the form, the page still shows the providers. Opening it again tries again.
    load().catch(() => undefined);
    return () => {
      isMounted = false;
    };
  }, [Known]);
  return Known === null ? null : <Known {...props} />;
}
