/** The host's oRPC procedures. */
import { gatewayRouter } from "mux-cloudflare-gateway/orpc";

import { authenticated } from "./orpc-context";

export const router = {
  version: authenticated.handler(() => "0.0.0"),
  cloudflareGateway: gatewayRouter(authenticated, (context) => context.cloudflareGateway),
};
