/** A request to open a gateway's form. A new object is a new request. */
import type { GatewayFocus } from "../ui/gateway-opener";

export interface Opened {
  readonly focus: GatewayFocus;
}
