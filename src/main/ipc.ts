/** The only file with `ipcMain`: checks the sender, hands the input to its handler, answers a `Result`. */
import type { IpcMain, WebContents, WebFrameMain } from "electron";

import { CHANGE_CHANNEL, channelOf, GATEWAY_METHODS } from "../shared/contract";
import { failure } from "../shared/errors";
import type { CloudflareGateway } from "./gateway";
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

  const join = (contents: WebContents): void => {
    if (audience.has(contents)) return;
    audience.add(contents);
    contents.once("destroyed", () => audience.delete(contents));
  };

  for (const method of GATEWAY_METHODS) {
    ipcMain.handle(channelOf(method), async ({ sender, senderFrame }, input: unknown) => {
      if (!isTrustedSender({ sender, senderFrame })) return failure("sender_untrusted");
      join(sender);
      return handlers[method](input);
    });
  }

  const stopPushing = gateway.onChange((view) => {
    for (const contents of audience) {
      if (contents.isDestroyed()) continue;
      // The page may have changed since it called.
      if (!isTrustedSender({ sender: contents, senderFrame: contents.mainFrame })) continue;
      contents.send(CHANGE_CHANNEL, view);
    }
  });

  return () => {
    stopPushing();
    audience.clear();
    for (const method of GATEWAY_METHODS) ipcMain.removeHandler(channelOf(method));
  };
}
