/** The only file that uses `ipcRenderer`: exposes the contract's calls to the page. */
import { contextBridge, ipcRenderer } from "electron";

import { CHANGE_CHANNEL, channelOf, GATEWAY_METHODS, type GatewayMethod } from "../shared/contract";

/** The calls whose answers a page needs for its first screen. They take no input. */
const FIRST_CALLS: readonly GatewayMethod[] = ["providers", "tests"];

type Listener = (view: unknown) => void;

/** Exposes `window.cloudflareGateway`, a `GatewayApi`. Call it once, in a preload script. */
export function exposeCloudflareGateway(): void {
  expose(call, listen);
}

/**
 * As `exposeCloudflareGateway`, for a page that shows the section at once: sends the first calls while the
 * page's script still loads. A view that main pushes before the page listens is kept for it.
 */
export function exposeToStartingPage(): void {
  const answers = new Map(FIRST_CALLS.map((method) => [method, call(method)]));
  // A page that never asks, because it is closing, leaves no unhandled rejection.
  for (const answer of answers.values()) answer.catch(() => undefined);
  let missed: unknown;
  const stopKeeping = listen((view) => {
    missed = view;
  });
  expose(
    (method, input) => {
      const early = answers.get(method);
      answers.delete(method);
      return early ?? call(method, input);
    },
    (listener) => {
      stopKeeping();
      if (missed !== undefined) listener(missed);
      missed = undefined;
      return listen(listener);
    },
  );
}

function expose(
  carry: (method: GatewayMethod, input?: unknown) => Promise<unknown>,
  onChange: (listener: Listener) => () => void,
): void {
  const calls = GATEWAY_METHODS.map((method) => [
    method,
    (input?: unknown) => carry(method, input),
  ]);
  contextBridge.exposeInMainWorld("cloudflareGateway", { ...Object.fromEntries(calls), onChange });
}

function call(method: GatewayMethod, input?: unknown): Promise<unknown> {
  return ipcRenderer.invoke(channelOf(method), input);
}

function listen(listener: Listener): () => void {
  // The event contains the sender, which the page must not receive.
  const forward = (_event: unknown, view: unknown): void => listener(view);
  ipcRenderer.on(CHANGE_CHANNEL, forward);
  return () => {
    ipcRenderer.off(CHANGE_CHANNEL, forward);
  };
}
