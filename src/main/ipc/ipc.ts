/** The only file that uses `ipcMain`: checks the sender and passes the input to the handler. */
import type { IpcMain, WebContents, WebFrameMain } from "electron";

import { CHANGE_CHANNEL, channelOf, GATEWAY_METHODS } from "../../shared/contract";
import { failure } from "../../shared/errors";
import type { ProvidersView } from "../../shared/view";
import type { CloudflareGateway } from "../gateway";
import { gatewayHandlers } from "./handlers";

/** The window's contents and the calling frame, which is null when the frame is gone. */
export interface Sender {
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
}

export interface IpcOptions {
  /** Whether this sender may call the gateway and receive changes. */
  readonly isTrustedSender: (sender: Sender) => boolean;
}

/** Registers the contract's calls on `ipcMain` and sends changes to every page that called. Returns a function that unregisters. */
export function registerIpc(
  ipcMain: Pick<IpcMain, "handle" | "removeHandler">,
  gateway: CloudflareGateway,
  { isTrustedSender }: IpcOptions,
): () => void {
  const handlers = gatewayHandlers(gateway);
  const audience = new Set<WebContents>();

  /** A window or frame that is destroyed during the check throws, so it is not trusted. */
  const trusts = (contents: WebContents, frame: () => WebFrameMain | null): boolean => {
    try {
      if (contents.isDestroyed()) return false;
      return isTrustedSender({ sender: contents, senderFrame: frame() });
    } catch {
      return false;
    }
  };

  const push = (contents: WebContents, view: ProvidersView): void => {
    if (!audience.has(contents)) return;
    // The page may have changed since it called.
    if (!trusts(contents, () => contents.mainFrame)) return;
    try {
      contents.send(CHANGE_CHANNEL, view);
    } catch {
      // Destroyed after the check. The other pages must still receive the change.
    }
  };

  const join = (contents: WebContents): void => {
    if (audience.has(contents)) return;
    audience.add(contents);
    contents.once("destroyed", () => audience.delete(contents));
  };

  for (const method of GATEWAY_METHODS) {
    ipcMain.handle(channelOf(method), async (event, input: unknown) => {
      const { sender } = event;
      if (!trusts(sender, () => event.senderFrame)) return failure("sender_untrusted");
      join(sender);
      return handlers[method](input);
    });
  }

  const stopPushing = gateway.onChange((view) => {
    // Deferred until the call that made the change has returned, so that its page already has the view.
    setImmediate(() => {
      for (const contents of audience) push(contents, view);
    });
  });

  return () => {
    stopPushing();
    audience.clear();
    for (const method of GATEWAY_METHODS) ipcMain.removeHandler(channelOf(method));
  };
}
