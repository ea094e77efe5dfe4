/** The stand-alone window's preload script. */
import { exposeCloudflareGateway } from "./expose";

exposeCloudflareGateway();
