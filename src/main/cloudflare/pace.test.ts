/** Calls without a click run one after another, and all stop at Cloudflare's limit. */
import { expect, it } from "vitest";

import { failure } from "../../shared/errors";
import { success } from "../../shared/result";
import { openPace } from "./pace";

const NEVER = new AbortController().signal;

it("spaces the calls of all tasks evenly when many start at once", async () => {
  const start = openPace(100);
  const began = performance.now();
  const made = await Promise.all(
    Array.from({ length: 20 }, () =>
      start()(async () => success(performance.now() - began), NEVER),
    ),
  );
  const times = made.flatMap((each) => (each.success ? [each.data] : []));
  expect(times).toHaveLength(20);
  for (const [at, time] of times.entries()) expect(time).toBeGreaterThan(at * 10 - 2);
});

it("makes no call of an earlier task after a rate limit, and those of later tasks", async () => {
  const start = openPace(1000);
  const limited = failure("api_rate_limited", { seconds: 9 });
  const [earlier, refused] = [start(), start()];
  expect(await refused(async () => limited, NEVER)).toBe(limited);
  let calls = 0;
  const count = async () => success((calls += 1));
  expect(await earlier(count, NEVER)).toBe(limited);
  expect(calls).toBe(0);
  expect(await start()(count, NEVER)).toEqual(success(1));
});

it("ends a wait when the task is stopped", async () => {
  const start = openPace(0.001);
  await start()(async () => success(1), NEVER);
  const stopped = new AbortController();
  const waiting = start()(async () => success(2), stopped.signal);
  stopped.abort();
  expect(await waiting).toMatchObject({ error: { code: "account_not_connected" } });
});
