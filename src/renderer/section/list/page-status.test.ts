import { describe, expect, it } from "vitest";

import { failure, gatewayError } from "../../../shared/errors";
import type { GatewayError } from "../../../shared/errors";
import type { TestReport } from "../../../shared/report";
import type { ProviderView } from "../../../shared/view";
import { report } from "../../testing/sample-reports";
import { block, OLLAMA, provider, view } from "../../testing/sample-views";
import type { ShownTest } from "../test/test-run";
import type { LogMark } from "../test/test-runs";
import { pageStatus } from "./page-status";

const ROUTED = { route: "gateway", gateway: block() } as const;
const THREE = ["anthropic", "openai", "xai"].map((id) =>
  provider({ id, name: id.toUpperCase(), ...ROUTED }),
);

function tested(changes: Partial<TestReport> = {}, stale = false): ShownTest {
  return { kind: "report", report: report(changes), stale, remembered: false, route: "saved" };
}

/** A passed test, and what Cloudflare's log says about it. */
function logged(log: LogMark, stale = false): ShownTest {
  return { kind: "report", report: report(), stale, remembered: false, route: "saved", log };
}

function refused(error: GatewayError): ShownTest {
  return { kind: "refused", error, route: "saved" };
}

/** The status of these providers with these tests, in their order. */
function statusOf(providers: readonly ProviderView[], tests: readonly ShownTest[] = []) {
  return pageStatus(
    view({ providers }),
    ({ id }) => tests[providers.findIndex((each) => each.id === id)] ?? { kind: "nothing" },
  );
}

const FAILED = report({
  ok: false,
  diagnosis: {
    culprit: "provider",
    rule: "rejected_key",
    title: "It rejected the key",
    short: "Key rejected",
    meaning: "",
    action: "",
    act: null,
    link: null,
  },
});

describe("the sentence", () => {
  const direct = provider({ id: "google" });
  const other = provider({ id: "x", ...ROUTED, gateway: block({ gatewayName: "other" }) });
  const keyless = { keySource: "none" } as const;
  it.each([
    ["3 of 4 providers with a key use my-gateway", [...THREE, direct]],
    ["1 of 2 providers with a key uses my-gateway", [provider(ROUTED), direct]],
    ["All 3 providers with a key use my-gateway", THREE],
    ["The only provider with a key uses my-gateway", [provider(ROUTED), OLLAMA]],
    ["All 4 providers with a key use 2 gateways", [...THREE, other]],
    ["2 providers have a key, and none uses a gateway yet", [provider(), direct]],
    ["1 provider has a key, and does not use a gateway yet", [provider()]],
    ["No provider has an API key yet", [provider(keyless)]],
    [
      "1 provider is set to use a gateway, but has no API key",
      [provider({ ...ROUTED, ...keyless })],
    ],
    ["providers.jsonc lists no providers", []],
  ])("is “%s”", (sentence, providers) => {
    expect(statusOf(providers).sentence).toBe(sentence);
  });

  it("claims nothing when the file is invalid", () => {
    const problem = gatewayError("file_invalid", { file: "f", line: 1, column: 1, what: "x" });
    const status = pageStatus(view({ providers: THREE, problem }), () => tested());
    expect(status).toMatchObject({
      tone: "bad",
      sentence: "Routes and keys are unknown until providers.jsonc is fixed",
      passedSince: null,
    });
  });
});

describe("the tone", () => {
  it("is good when every routed provider passed, with the time of the oldest test", () => {
    const times = ["2026-11-23T07:10:00Z", "2026-11-23T07:08:00Z", "2026-11-23T07:11:00Z"];
    const status = statusOf(
      THREE,
      times.map((startedAt) => tested({ startedAt })),
    );
    expect(status).toMatchObject({ tone: "good", remarks: [], passedSince: times[1] });
  });

  it("counts the passed tests that Cloudflare's log confirms", () => {
    const confirmed = logged("confirmed");
    expect(statusOf(THREE, [confirmed, tested(), confirmed])).toMatchObject({
      tone: "good",
      confirmed: 2,
    });
    // The log's row is of the settings before.
    const outdated = logged("confirmed", true);
    expect(statusOf(THREE, [confirmed, confirmed, outdated]).confirmed).toBe(0);
  });

  it("is doubtful when Cloudflare's log differs from a test, with a link to its row", () => {
    const status = statusOf(THREE, [tested(), logged("different"), tested()]);
    expect(status).toMatchObject({
      tone: "doubtful",
      passedSince: null,
      remarks: [{ text: "Cloudflare’s log differs from 1 test", provider: "openai", tab: "test" }],
    });
  });

  it("is quiet while nothing is routed", () => {
    expect(statusOf([provider()], [tested({ verdict: "direct", expected: "direct" })]).tone).toBe(
      "quiet",
    );
    expect(statusOf([provider({ ...ROUTED, enabled: false })]).tone).toBe("quiet");
  });

  it("is doubtful with a link to the first untested provider", () => {
    const status = statusOf(THREE, [tested(), { kind: "nothing" }, { kind: "nothing" }]);
    expect(status).toMatchObject({
      tone: "doubtful",
      remarks: [{ text: "2 not tested yet", provider: "openai", tab: "test" }],
    });
  });

  it("says that settings changed after a test", () => {
    const status = statusOf(THREE, [tested(), tested({}, true), { kind: "nothing" }]);
    expect(status.remarks.map(({ text }) => text)).toEqual(["2 not tested since the last change"]);
  });

  it("is doubtful when a response does not prove the gateway, with both remarks", () => {
    const status = statusOf(THREE, [tested(), tested({ verdict: "unproven" })]);
    expect(status.tone).toBe("doubtful");
    expect(status.remarks.map(({ text }) => text)).toEqual([
      "1 answered, not proven",
      "1 not tested yet",
    ]);
  });

  it("is doubtful when mux bypasses a gateway, although all tests passed", () => {
    const elsewhere = {
      kind: "gateway",
      gateway: "openrouter",
      name: "OpenRouter",
      testable: true,
      message: "mux sends these models through OpenRouter.",
    } as const;
    const providers = THREE.map((each, index) =>
      index === 1 ? { ...each, muxRoute: elsewhere } : each,
    );
    const status = statusOf(providers, [tested(), tested(), tested()]);
    expect(status).toMatchObject({
      tone: "doubtful",
      remarks: [{ text: "mux sends OPENAI another way", provider: "openai", tab: "settings" }],
      passedSince: null,
    });
    const inXum = pageStatus(view({ providers, app: "Xum" }), () => tested());
    expect(inXum.remarks.map(({ text }) => text)).toEqual(["Xum sends OPENAI another way"]);
  });

  it("is bad with the short cause of each failed test, of direct providers too", () => {
    const direct = provider({ id: "deepseek", name: "DeepSeek" });
    const status = statusOf(
      [...THREE, direct],
      [tested(), tested(FAILED), { kind: "nothing" }, tested({ ...FAILED, expected: "direct" })],
    );
    expect(status).toMatchObject({
      tone: "bad",
      failures: [
        { provider: "openai", name: "OPENAI", cause: "key rejected" },
        { provider: "deepseek", name: "DeepSeek", cause: "key rejected" },
      ],
      remarks: [],
      passedSince: null,
    });
  });

  it("is bad while a token leaks, whatever the tests say", () => {
    const leak = { host: "api.anthropic.com", fix: "remove_token_header" } as const;
    const status = statusOf([provider({ leak })], [tested()]);
    expect(status.failures.map(({ cause }) => cause)).toEqual(["gateway token leaks"]);
  });

  it("does not count a stopped test, an outdated failure or a running test as a failure", () => {
    const stopped = failure("cancelled").error;
    const running = { kind: "running", since: 0, route: "saved" } as const;
    const status = statusOf(THREE, [refused(stopped), tested(FAILED, true), running]);
    expect(status).toMatchObject({ tone: "doubtful", failures: [] });
  });

  it("does not count a route through a login, which only mux can test", () => {
    const login = gatewayError("mux_route_login", { provider: "a", app: "mux", name: "a login" });
    expect(statusOf(THREE, [refused(login)]).failures).toEqual([]);
  });

  it("counts a refused test as a failure", () => {
    const missing = failure("key_missing", { provider: "anthropic", variables: [] }).error;
    expect(statusOf(THREE, [refused(missing)]).failures).toMatchObject([{ name: "ANTHROPIC" }]);
  });
});
