import { describe, expect, it } from "vitest";

import type { Culprit } from "../../../shared/report";
import { diagnosis, report } from "../../testing/sample-reports";
import { pictureOf } from "./report-picture";

const direct = { method: "POST", url: "https://api.anthropic.com/v1/messages" };

/** Every stop with its state, for example "computer passed -passed> cloudflare passed …". */
function summaryOf(changes: Parameters<typeof report>[0]): string {
  const { stops, hops } = pictureOf(report(changes), "Anthropic");
  return stops
    .map(({ place, state }, at) => `${at === 0 ? "" : `-${hops[at - 1]}> `}${place} ${state}`)
    .join(" ");
}

describe("a route diagram", () => {
  it("leaves out Cloudflare when the request went directly to the provider", () => {
    expect(summaryOf({ request: direct, verdict: "direct", expected: "direct" })).toBe(
      "computer passed -passed> provider passed",
    );
  });

  it.each<[Culprit, string]>([
    ["computer", "computer failed -unreached> cloudflare unreached -unreached> provider unreached"],
    ["network", "computer passed -failed> cloudflare unreached -unreached> provider unreached"],
    ["gateway", "computer passed -passed> cloudflare failed -unreached> provider unreached"],
    ["edge", "computer passed -passed> cloudflare failed -unreached> provider unreached"],
    ["provider", "computer passed -passed> cloudflare passed -passed> provider failed"],
  ])("marks the failed part when the culprit is the %s", (culprit, route) => {
    expect(summaryOf({ ok: false, diagnosis: diagnosis(culprit) })).toBe(route);
  });

  it("marks no part as failed when the response does not show its sender", () => {
    const unknown = { ok: false, diagnosis: diagnosis("unknown") };
    expect(summaryOf({ ...unknown, request: direct, verdict: "direct" })).toBe(
      "computer passed -passed> provider doubtful",
    );
    expect(summaryOf({ ...unknown, verdict: "unproven" })).toBe(
      "computer passed -passed> cloudflare doubtful -doubtful> provider doubtful",
    );
  });

  it("attributes an edge failure to the provider when the route is direct", () => {
    expect(summaryOf({ ok: false, request: direct, diagnosis: diagnosis("edge") })).toBe(
      "computer passed -passed> provider failed",
    );
  });

  it("marks Cloudflare and the provider as doubtful when the route is unproven", () => {
    expect(summaryOf({ verdict: "unproven" })).toBe(
      "computer passed -passed> cloudflare doubtful -doubtful> provider doubtful",
    );
  });

  it("shows the host of a custom domain in place of the gateway's name", () => {
    const request = { method: "POST", url: "https://ai.example.com/openai/responses" };
    const { stops } = pictureOf(report({ verdict: "unproven", request }), "OpenAI");
    expect(stops.map(({ place, detail }) => [place, detail])).toEqual([
      ["computer", null],
      ["cloudflare", "ai.example.com"],
      ["provider", null],
    ]);
    const byHand = report({ verdict: "unproven", expected: "direct", request });
    expect(pictureOf(byHand, "OpenAI").stops.map(({ detail }) => detail)).toEqual([
      null,
      "ai.example.com",
    ]);
  });

  it("marks the provider as unreached when the response came from the cache", () => {
    const { stops } = pictureOf(report({ cache: "HIT" }), "Anthropic");
    expect(stops.at(-1)).toMatchObject({ state: "unreached", detail: "from the cache" });
  });

  it("shows the configured route when no request was made", () => {
    expect(summaryOf({ ok: false, request: null, diagnosis: diagnosis("computer") })).toContain(
      "cloudflare unreached",
    );
  });
});
