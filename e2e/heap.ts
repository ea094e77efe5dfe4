/** Every string that a page's JavaScript can still reach, by a heap snapshot over the DevTools protocol. */
import type { Page } from "playwright";

/** Whether a text stands anywhere in the page's heap, once what nobody can reach has been cleared away. */
export async function heapHolds(page: Page, text: string): Promise<boolean> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  const snapshot = chunks.join("");
  // A snapshot without strings would hold nothing, and say so of everything.
  if (!snapshot.includes("HTMLDocument")) throw new Error("The heap snapshot is not one.");
  return snapshot.includes(text);
}
