/** The section over the host's oRPC client. */
import { useMemo } from "react";
import { gatewayApiFromOrpc } from "mux-cloudflare-gateway/orpc";
import { CloudflareGatewaySection } from "mux-cloudflare-gateway/renderer";
import "mux-cloudflare-gateway/renderer/style.css";

import { useClient } from "./use-client";

export function CloudflareSection() {
  const client = useClient();
  const api = useMemo(() => client && gatewayApiFromOrpc(client.cloudflareGateway), [client]);
  return <CloudflareGatewaySection api={api} />;
}
