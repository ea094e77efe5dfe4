/** How long many providers take to be routed in one write, from the call until they are on disk. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openProvidersStore } from "../../src/main/config/store";
import { openTokenFingerprints } from "../../src/main/config/token-fingerprints";
import { fixedMirror } from "../../src/main/mirror/mirror-setting";
import { ACCOUNT, sampleOfProviders } from "../faults/sample";
import { timed } from "../faults/scenario";
import type { Row } from "./table";

const RUNS = 40;
/** Not counted: the first ones are compiled. */
const WARM_UP = 20;

/** With the mirror on: each provider gets a block, a base URL and a header. */
export async function measureMany(): Promise<readonly Row[]> {
  return [await measureRoute(100, 35), await measureRoute(500, null)];
}

/** One action routes all with a token that is new, and one Undo takes them back, in turn. */
async function measureRoute(count: number, limit: number | null): Promise<Row> {
  const directory = await mkdtemp(join(tmpdir(), "bench-many-"));
  const file = join(directory, "providers.jsonc");
  await writeFile(file, sampleOfProviders(count));
  const log = { info: () => undefined, warn: () => undefined };
  const settingsFile = join(directory, "settings.json");
  const store = openProvidersStore({
    file,
    env: {},
    log,
    mirror: fixedMirror(true),
    fingerprints: openTokenFingerprints({ settingsFile, log }),
  });
  const providers = Array.from({ length: count }, (_, n) => ({
    provider: `custom-${n}`,
    segment: `custom-team-${n}`,
  }));
  const samples: number[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const gateway = { accountId: ACCOUNT, gatewayName: "g-1", token: `gateway-token-${run}` };
    const { answer, ms } = await timed(async () => store.route({ gateway, providers }));
    if (!answer.success || answer.data.changed.length !== count) throw new Error("not all routed");
    if (run >= WARM_UP) samples.push(ms);
    const undone = await store.undo();
    if (!undone.success) throw new Error(undone.error.message);
  }
  await store.close();
  await rm(directory, { recursive: true, maxRetries: 10 });
  return { what: `${count} providers routed in one write, on disk`, unit: "ms", samples, limit };
}
