/** What `mux-cloudflare-gateway/preload` offers to a host's preload script. */
export { exposeCloudflareGateway } from "./expose";
