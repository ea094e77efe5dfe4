/** Opens the form of a gateway from any part of the section. */
import { createContext, useContext, useEffect, useRef } from "react";

import type { GatewayKey } from "../../../shared/gateways";

/** The field of a gateway's form that gets the focus. */
export type GatewayFocus = "accountId" | "gatewayName" | "token";

/** Opens the form of a gateway, or with null the form for a new one. */
export type OpenGateway = (gateway: GatewayKey | null, focus?: GatewayFocus) => void;

/** Passes requests to the component that shows the gateways, if it is on screen. */
export class GatewayOpener {
  #open: OpenGateway | null = null;

  readonly open: OpenGateway = (gateway, focus) => this.#open?.(gateway, focus);

  /** Returns a function that stops passing requests to `open`. */
  register(open: OpenGateway): () => void {
    this.#open = open;
    return () => {
      if (this.#open === open) this.#open = null;
    };
  }
}

export const GatewayOpenerContext = createContext(new GatewayOpener());

/** Lets the rest of the section open the forms of the component that calls it. */
export function useGatewayOpener(open: OpenGateway): void {
  const opener = useContext(GatewayOpenerContext);
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => opener.register((gateway, focus) => latest.current(gateway, focus)), [opener]);
}
