/** The progress of a change of several providers, in words. */
import type { Change } from "../data/change";
import { words } from "./words";

/** The change of several providers that is being saved, or null. A change of one shows in its row. */
export function bulkProgress(running: readonly Change[]): string | null {
  return running.map(progressOf).find((sentence) => sentence !== null) ?? null;
}

function progressOf(change: Change): string | null {
  const { running } = words.bulk;
  switch (change.call) {
    case "route":
    case "direct":
    case "remove": {
      const count = change.input.providers.length;
      return count > 1 ? running[change.call](count) : null;
    }
    case "updateGateway":
      return running.updateGateway;
    case "enable":
    case "disable":
    case "forget":
    case "confirmDomain":
    case "fix":
    case "setMirror":
    case "undo":
      return null;
    default:
      return change satisfies never;
  }
}
