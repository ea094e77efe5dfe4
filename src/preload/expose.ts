/** The only file with `ipcRenderer`: gives the page one object with the contract's calls. */
import { contextBridge, ipcRenderer } from "electron";

import { CHANGE_CHANNEL, channelOf, GATEWAY_METHODS } from "../shared/contract";

/** Exposes `window.cloudflareGateway`, a `GatewayApi`. To be called once, in a preload script. */
export function exposeCloudflareGateway(): void {
  const calls = GATEWAY_METHODS.map((method) => [
    method,
    (input?: unknown) => ipcRenderer.invoke(channelOf(method), input),
  ]);
  contextBridge.exposeInMainWorld("cloudflareGateway", {
    ...Object.fromEntries(calls),
    onChange: (listener: (view: unknown) => void) => {
      // The event carries the sender, which the page must not get.
      const listen = (_event: unknown, view: unknown): void => listener(view);
      ipcRenderer.on(CHANGE_CHANNEL, listen);
      return () => {
        ipcRenderer.off(CHANGE_CHANNEL, listen);
      };
    },
  });
}
