/** Runs the tour as `npm run tour` does, because nothing else opens its windows. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { ROOT } from "../scripts/runtime";

const TOUR = [process.execPath, "--import", "tsx", "scripts/tour.ts"] as const;
/** It takes about ten seconds on a quiet machine. */
const MOST_MS = 100_000;

test.setTimeout(MOST_MS + 10_000);

test("leads through every step and takes a picture of each", async () => {
  const [command, ...args] = TOUR;
  const tour = spawn(command, args, { cwd: ROOT, timeout: MOST_MS });
  let output = "";
  for (const stream of [tour.stdout, tour.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += String(chunk);
    });
  }
  await once(tour, "close");
  expect(tour.exitCode, output).toBe(0);
  for (const line of [
    "1. Open: Direct to api.anthropic.com",
    "2. Turn on: Through my-gateway; the block is in the file",
    "3. Test: Went through Cloudflare AI Gateway my-gateway",
    "4. Connect: Connected to Ada's Account",
    "5. See its settings: On. Requests need a Run token.",
    "6. See its traffic: Requests",
    "7. Test again: Cloudflare's log has this request: status 200",
    "8. Turn off: Direct to api.anthropic.com",
    "9. Test: Went straight to api.anthropic.com",
    "10. Break the name: Through my-gatewya",
    "has no gateway with this name",
    "npm start -- --demo    opens this demo in a window",
  ]) {
    expect(output).toContain(line);
  }
  for (const name of [
    "1-open-dark",
    "3-test-gateway-light",
    "7-test-confirmed-light",
    "11-diagnosis-dark",
  ]) {
    expect(existsSync(join(ROOT, `out/tour/${name}.png`)), name).toBe(true);
  }
});
