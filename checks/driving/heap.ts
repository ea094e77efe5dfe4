/** What a page's JavaScript can still reach, by heap snapshots over the DevTools protocol. */
import type { CDPSession, Page } from "playwright";

/** Whether a text stands anywhere in the page's heap, once what nobody can reach has been cleared away. */
export async function heapHolds(page: Page, text: string): Promise<boolean> {
  const session = await page.context().newCDPSession(page);
  const snapshot = await heapSnapshot(session);
  await session.detach();
  // A snapshot without strings would hold nothing, and say so of everything.
  if (!snapshot.includes("HTMLDocument")) throw new Error("The heap snapshot is not one.");
  return snapshot.includes(text);
}

/** The page's heap after a collection, as the JSON that V8 writes. */
export async function heapSnapshot(session: CDPSession): Promise<string> {
  const chunks: string[] = [];
  const keep = ({ chunk }: { readonly chunk: string }): unknown => chunks.push(chunk);
  session.on("HeapProfiler.addHeapSnapshotChunk", keep);
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  // Else V8 goes on numbering objects for a snapshot to come.
  await session.send("HeapProfiler.disable");
  session.off("HeapProfiler.addHeapSnapshotChunk", keep);
  return chunks.join("");
}
