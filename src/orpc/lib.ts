/** The public API of `mux-cloudflare-gateway/orpc`. A bundler for a page gets `client.ts` alone. */
export { gatewayApiFromOrpc, type GatewayOrpcClient } from "./client";
export {
  gatewayRouter,
  type GatewayRouter,
  type ProcedureBuilder,
  type ProcedureOptions,
} from "./router";
