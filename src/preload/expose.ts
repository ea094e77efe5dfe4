/** The only file that uses `ipcRenderer`: exposes the contract's calls to the page. */
import { contextBridge, ipcRenderer } from "electron";

import { CHANGE_CHANNEL, channelOf, GATEWAY_METHODS } from "../shared/contract";

/** Exposes `window.cloudflareGateway`, a `GatewayApi`. Call it once, in a preload script. */
export function exposeCloudflareGateway(): void {
  const calls = GATEWAY_METHODS.map((method) => [
    method,
    (input?: unknown) => ipcRenderer.invoke(channelOf(method), input),
  ]);
  contextBridge.exposeInMainWorld("cloudflareGateway", {
    ...Object.fromEntries(calls),
    onChange: (listener: (view: unknown) => void) => {
      // The event contains the sender, which the page must not receive.
      const listen = (_event: unknown, view: unknown): void => listener(view);
      ipcRenderer.on(CHANGE_CHANNEL, listen);
      return () => {
        ipcRenderer.off(CHANGE_CHANNEL, listen);
      };
    },
  });
}
