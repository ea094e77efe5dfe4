/** Who may use the gateway: the main frame of the panel's own page, while it is there. */
import { isOwnPage } from "./addresses";

/** As much of Electron's `WebFrameMain` as the question takes. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: object | null;
  readonly detached: boolean;
}

/** `devServer`: the origin that a development build's page comes from, else null. */
export function isPanel(
  { senderFrame }: { readonly senderFrame: SenderFrame | null },
  devServer: string | null,
): boolean {
  if (senderFrame === null || senderFrame.detached || senderFrame.parent !== null) return false;
  return isOwnPage(senderFrame.url, devServer);
}
