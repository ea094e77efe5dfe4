/** The preload script of a stand-in for mux. */
import { exposeCloudflareGateway } from "mux-cloudflare-gateway/preload";

exposeCloudflareGateway();
