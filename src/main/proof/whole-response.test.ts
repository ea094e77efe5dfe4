import { afterEach, describe, expect, it } from "vitest";

import type { TestReport } from "../../shared/report";
import { openHostileHost, wholeResponse, type HostileHost } from "./testing/hostile-host";
import { provider, recordingLog } from "./testing/provider";
import { CHAT_STREAM } from "./testing/wire-formats";
import { probeRoute } from "./probe-route";

let host: HostileHost | null = null;
afterEach(async () => {
  await host?.close();
  host = null;
});

async function reportOf(stream: string): Promise<TestReport> {
  host = await openHostileHost(
    wholeResponse("200 OK", stream, { "content-type": "text/event-stream" }),
  );
  const result = await probeRoute({
    provider: provider("openai", { baseUrl: `${host.origin}/v1`, wireFormat: "chatCompletions" }),
    route: "saved",
    model: "the-model",
    env: {},
    log: recordingLog(),
  });
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

function event(choice: object, more: object = {}): string {
  const chunk = { id: "1", object: "chat.completion.chunk", created: 1, model: "the-model" };
  return `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, delta: {}, ...choice }], ...more })}\n\n`;
}

const SAID = event({ delta: { content: "OK" } });
const STOP = event({ finish_reason: "stop" });
const DONE = "data: [DONE]\n\n";
const KIB_100 = event({ delta: { content: "x".repeat(900) } }).repeat(100);
const [BEFORE, AFTER] = [SAID + KIB_100, KIB_100.repeat(4) + STOP + DONE];
/** The same event with its data in two lines, which a stream may have. */
const FILTERED_IN_TWO = event({ finish_reason: "content_filter" }).replace(
  '"choices"',
  '\ndata: "choices"',
);

describe("an answer that ends normally", () => {
  it.each([
    ["is long", BEFORE + AFTER],
    ["ends its lines with CR", CHAT_STREAM.replaceAll("\n", "\r")],
    ["ends its lines with CR and LF", CHAT_STREAM.replaceAll("\n", "\r\n")],
    ["begins with a byte order mark", `\ufeff${CHAT_STREAM}`],
    ["has data in several lines", SAID + STOP.replace('"choices"', '\ndata: "choices"') + DONE],
  ])("succeeds when it %s", async (_, stream) => {
    expect(await reportOf(stream)).toMatchObject({ ok: true, diagnosis: null });
  });
});

describe("an answer with a fault in it", () => {
  it.each([
    ["a filter in the middle of a long answer", BEFORE + event({ finish_reason: "content_filter" }) + AFTER, "filtered"], // prettier-ignore
    ["an error's reason in the middle of a long answer", BEFORE + event({ finish_reason: "error" }) + AFTER, "ended_by_error"], // prettier-ignore
    ["a refusal in the middle of a long answer", BEFORE + event({ delta: { refusal: "No" } }) + AFTER, "filtered"], // prettier-ignore
    ["a filter with its data in two lines", SAID + FILTERED_IN_TWO + STOP + DONE, "filtered"],
    ["a refusal of another choice", event({}, { choices: [{ index: 0, delta: {} }, { index: 1, delta: { refusal: "No" } }] }) + STOP + DONE, "filtered"], // prettier-ignore
    ["an error in another choice", SAID + event({}, { choices: [{ index: 0, delta: {} }, { index: 1, delta: {}, error: { message: "It broke" } }] }) + STOP + DONE, "provider_failed_midway"], // prettier-ignore
    ["an error that is true", SAID + event({ finish_reason: "stop" }, { error: true }) + DONE, "provider_failed_midway"], // prettier-ignore
    ["a list of errors", SAID + event({ finish_reason: "stop" }, { error: [{ message: "It broke" }] }) + DONE, "provider_failed_midway"], // prettier-ignore
    ["an error on a line of its own", `${SAID}${STOP}${DONE}{"error":{"message":"It broke"}}\n`, "provider_failed_midway"], // prettier-ignore
    ["a web page behind it", `${SAID}${STOP}${DONE}<html><body>502</body></html>`, "html"],
  ])("fails when it has %s", async (_, stream, rule) => {
    expect(await reportOf(stream)).toMatchObject({ ok: false, diagnosis: { rule } });
  });
});
