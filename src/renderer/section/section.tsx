/** The settings section that a host mounts: brings its own cache, and takes its calls from a prop or the preload. */
import { useLayoutEffect, useMemo, useState } from "react";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";

import type { GatewayApi } from "../../shared/contract";
import { LayerContext } from "./ui/layer";
import { GatewayPanel } from "./panel";
import { HostActionsContext } from "./data/host-actions";
import { createGatewayClient, GatewayApiContext, hostApi } from "./data/queries";
import { createSwitchingApi } from "./data/switching-api";
import { words } from "./words/words";
import { UnsavedContext, useUnsavedForms, type UnsavedListener } from "./form/unsaved";

/** One element for ever, so that it is not drawn again once the layer is there. */
const PANEL = <GatewayPanel />;

export interface CloudflareGatewaySectionProps {
  /**
   * The calls to use; absent: those that the preload put on this page. May be replaced: null while
   * disconnected, then a new one. Typed text stays, and the page is read again.
   */
  readonly api?: GatewayApi | null;
  /**
   * Told the names of the providers for which something is typed and not saved, whenever they change;
   * empty when there is nothing to lose. Typed text is lost with the section, so a host asks first.
   */
  readonly onUnsavedChange?: UnsavedListener;
  /**
   * Shows the host's own field for the key of a provider, for example in mux's provider settings.
   * Called with the provider's key in the file. Absent: the section opens the file where it can.
   */
  readonly onEditKey?: (provider: string) => void;
}

export function CloudflareGatewaySection(props: CloudflareGatewaySectionProps) {
  const [client] = useState(createGatewayClient);
  return <SectionWithClient {...props} client={client} />;
}

/** The section over a cache that may already hold the first answers. */
export function SectionWithClient({
  client,
  ...props
}: CloudflareGatewaySectionProps & { readonly client: QueryClient }) {
  const [preloaded] = useState(hostApi);
  const given = props.api === undefined ? preloaded : props.api;
  const [{ api, connect }] = useState(() => createSwitchingApi(given));
  useLayoutEffect(() => {
    if (connect(given)) void client.invalidateQueries();
  }, [client, connect, given]);
  const markUnsaved = useUnsavedForms(props.onUnsavedChange);
  const { onEditKey } = props;
  const actions = useMemo(() => (onEditKey === undefined ? {} : { onEditKey }), [onEditKey]);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  return (
    <QueryClientProvider client={client}>
      <GatewayApiContext.Provider value={api}>
        <LayerContext.Provider value={layer}>
          <UnsavedContext.Provider value={markUnsaved}>
            <HostActionsContext.Provider value={actions}>
              <section
                className="cfgw"
                ref={setLayer}
                aria-label={words.section.title}
                tabIndex={-1}
              >
                {PANEL}
              </section>
            </HostActionsContext.Provider>
          </UnsavedContext.Provider>
        </LayerContext.Provider>
      </GatewayApiContext.Provider>
    </QueryClientProvider>
  );
}
