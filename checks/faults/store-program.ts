/** A program with the real store that makes changes on order and can be killed during them. */
import { readFileSync } from "node:fs";

import { success, type Result } from "../../src/shared/result";
import type { ProvidersView } from "../../src/shared/view";
import { changeFile } from "../../src/main/disk/change-file";
import { applyChange } from "../../src/main/config/testing/edit-text";
import { decodeText } from "../../src/main/disk/file-bytes";
import { openProvidersStore, type ProvidersStore } from "../../src/main/config/store";
import { ACCOUNT } from "./sample";
import {
  obey,
  type Count,
  type CountDone,
  type Step,
  type StepsDone,
  type StoreOrder,
} from "./orders";
import { randomFrom, timed } from "./scenario";

// Without this handler, a file size limit would kill the process instead of failing the write (EFBIG).
process.on("SIGXFSZ", () => undefined);

void obey(async (line) => {
  const order: StoreOrder = JSON.parse(line);
  if (order.kind === "count") return count(order);
  if (order.kind === "bare") return changeBarely(order.file);
  order.jumps?.forEach((jump, index) =>
    setTimeout(() => setClock(jump), 500 * (index + 1)).unref(),
  );
  return make(order.file, order.steps);
});

const trueNow = Date.now;

function setClock(aheadMs: number): void {
  Date.now = () => trueNow() + aheadMs;
}

async function make(file: string, steps: readonly Step[]): Promise<StepsDone> {
  const store = open(file);
  const peakBytes = peakFromNow();
  for (const step of steps) {
    const done = await call(store, step);
    if (!done.success) {
      const { code, message } = done.error;
      return { error: code, message, peakBytes: peakBytes() };
    }
  }
  return { error: null, message: "", peakBytes: peakBytes() };
}

async function changeBarely(file: string): Promise<StepsDone> {
  const peakBytes = peakFromNow();
  const change = {
    kind: "enable",
    provider: "openai",
    details: { accountId: ACCOUNT, gatewayName: "g-1" },
  } as const;
  const done = await changeFile(file, (bytes) => {
    const text = decodeText(bytes ?? Buffer.alloc(0), file);
    const after = text.success ? applyChange(text.data, change, file) : text;
    return after.success ? success(Buffer.from(after.data)) : after;
  });
  const { code, message } = done.success ? { code: null, message: "" } : done.error;
  return { error: code, message, peakBytes: peakBytes() };
}

/** Peak resident memory above the current value. */
function peakFromNow(): () => number {
  const before = process.memoryUsage.rss();
  return () => peakOfProcess() - before;
}

/** A child's `maxRSS` starts with its parent's; on Linux, /proc has the correct value. */
function peakOfProcess(): number {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

/**
 * Increments the gateway name of its provider. Each step passes the last mark as `seen`, so that a
 * change undone by another program fails with `conflict`.
 */
async function count(order: Count): Promise<CountDone> {
  const { file, provider, times, pause, seed, clock = 0 } = order;
  setClock(clock);
  const store = open(file);
  const random = randomFrom(seed);
  const { view } = await store.read();
  let seen = markIn(view, provider);
  let longestMs = 0;
  for (let n = 1; n <= times; n++) {
    const { answer, ms } = await timed(async () =>
      store.enable(provider, { accountId: ACCOUNT, gatewayName: `g-${n}` }, { seen }),
    );
    longestMs = Math.max(longestMs, ms);
    if (!answer.success) return { error: `${answer.error.code} at g-${n}`, longestMs };
    seen = markIn(answer.data, provider);
    await new Promise((resolve) => setTimeout(resolve, random() * pause));
  }
  return { error: null, longestMs };
}

function markIn({ providers }: ProvidersView, provider: string): string {
  return providers.find(({ id }) => id === provider)?.mark ?? "";
}

function open(file: string): ProvidersStore {
  const log = { info: () => undefined, warn: () => undefined };
  return openProvidersStore({ file, env: {}, log });
}

async function call(store: ProvidersStore, step: Step): Promise<Result<ProvidersView>> {
  switch (step.kind) {
    case "enable": {
      const { kind: _, provider, ...details } = step;
      return store.enable(provider, details);
    }
    case "disable":
      return store.disable(step.provider);
    case "forget":
      return store.forget(step.provider);
    case "undo":
      return store.undo();
    default:
      return step satisfies never;
  }
}
