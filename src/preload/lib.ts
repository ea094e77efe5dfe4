/** The public API of `mux-cloudflare-gateway/preload`, for a host's preload script. */
export { exposeCloudflareGateway } from "./expose";
