/** Inspects a page's JavaScript heap with snapshots over the DevTools protocol. */
import type { CDPSession, Page } from "playwright";

/** Whether a text is anywhere in the page's heap after a garbage collection. */
export async function heapHolds(page: Page, text: string): Promise<boolean> {
  return (await heldTexts(page, [text])).length > 0;
}

/** Those of these texts that are anywhere in the page's heap after a garbage collection. */
export async function heldTexts(page: Page, texts: readonly string[]): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const snapshot = await heapSnapshot(session);
  await session.detach();
  // An invalid snapshot would not contain the text either, and the check would pass.
  if (!snapshot.includes("HTMLDocument")) throw new Error("The heap snapshot is not one.");
  return texts.filter((text) => snapshot.includes(text));
}

/** A heap snapshot after a garbage collection, as V8's JSON. */
export async function heapSnapshot(session: CDPSession): Promise<string> {
  const chunks: string[] = [];
  const keep = ({ chunk }: { readonly chunk: string }): unknown => chunks.push(chunk);
  session.on("HeapProfiler.addHeapSnapshotChunk", keep);
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  // Otherwise V8 keeps tracking objects for later snapshots.
  await session.send("HeapProfiler.disable");
  session.off("HeapProfiler.addHeapSnapshotChunk", keep);
  return chunks.join("");
}
