/** The only file that hears the page's calls: checks the sender, hands the input to its handler, answers a `Result`. */
import type { IpcMain, WebContents, WebFrameMain } from "electron";

import { CHANGE_CHANNEL, channelOf, GATEWAY_METHODS } from "../../shared/contract";
import { failure } from "../../shared/errors";
import type { ProvidersView } from "../../shared/view";
import type { CloudflareGateway } from "../gateway";
import { gatewayHandlers } from "./handlers";

/** Who calls: the window's contents and the frame in it, null when the frame is gone. */
export interface Sender {
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
}

export interface IpcOptions {
  /** Whether a call (and the news of a change) may pass between this sender and the gateway. */
  readonly isTrustedSender: (sender: Sender) => boolean;
}

/** Mounts the contract on `ipcMain` and pushes changes to every page that called. Returns the way to unmount. */
export function registerIpc(
  ipcMain: Pick<IpcMain, "handle" | "removeHandler">,
  gateway: CloudflareGateway,
  { isTrustedSender }: IpcOptions,
): () => void {
  const handlers = gatewayHandlers(gateway);
  const audience = new Set<WebContents>();

  /** A window or a frame that goes away while it is looked at throws, and is as good as gone. */
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
      // Gone at this very moment. The others are still to be told.
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
    // Once the answer to the call that made the change has left: the page then knows the view already.
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
