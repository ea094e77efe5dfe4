/** The settings section that a host mounts: brings its own cache, and takes its calls from a prop or the preload. */
import { useState } from "react";
import { QueryClientProvider } from "@tanstack/react-query";

import type { GatewayApi } from "../../shared/contract";
import { GatewayPanel } from "./panel";
import { createGatewayClient, GatewayApiContext, hostApi } from "./queries";

/** `api`: the calls to use; absent: those that the preload put on this page. */
export function CloudflareGatewaySection(props: { readonly api?: GatewayApi }) {
  const [client] = useState(createGatewayClient);
  const [preloaded] = useState(hostApi);
  return (
    <QueryClientProvider client={client}>
      <GatewayApiContext.Provider value={props.api ?? preloaded}>
        <div className="cfgw">
          <GatewayPanel />
        </div>
      </GatewayApiContext.Provider>
    </QueryClientProvider>
  );
}
