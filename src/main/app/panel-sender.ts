/** Allows gateway calls only from the main frame of the panel's page. */
import { isOwnPage } from "./addresses";

/** The part of Electron's `WebFrameMain` that the check reads. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: object | null;
  readonly detached: boolean;
}

/** `devServer`: the origin of a development build's page, else null. */
export function isPanel(
  { senderFrame }: { readonly senderFrame: SenderFrame | null },
  devServer: string | null,
): boolean {
  if (senderFrame === null || senderFrame.detached || senderFrame.parent !== null) return false;
  return isOwnPage(senderFrame.url, devServer);
}
