import { describe, expect, it } from "vitest";

import type { Culprit } from "../../../shared/report";
import { diagnosis, report } from "../../testing/sample-reports";
import { pictureOf } from "./report-picture";

const direct = { method: "POST", url: "https://api.anthropic.com/v1/messages" };

/** "computer -passed-> cloudflare …", each stop with its state. */
function drawn(changes: Parameters<typeof report>[0]): string {
  const { stops, hops } = pictureOf(report(changes), "Anthropic");
  return stops
    .map(({ place, state }, at) => `${at === 0 ? "" : `-${hops[at - 1]}> `}${place} ${state}`)
    .join(" ");
}

describe("the picture of a test's way", () => {
  it("has no Cloudflare in it when the request went straight to the provider", () => {
    expect(drawn({ request: direct, verdict: "direct", expected: "direct" })).toBe(
      "computer passed -passed> provider passed",
    );
  });

  it.each<[Culprit, string]>([
    ["computer", "computer failed -unreached> cloudflare unreached -unreached> provider unreached"],
    ["network", "computer passed -failed> cloudflare unreached -unreached> provider unreached"],
    ["gateway", "computer passed -passed> cloudflare failed -unreached> provider unreached"],
    ["edge", "computer passed -passed> cloudflare failed -unreached> provider unreached"],
    ["provider", "computer passed -passed> cloudflare passed -passed> provider failed"],
  ])("marks the part that failed when the culprit is the %s", (culprit, way) => {
    expect(drawn({ ok: false, diagnosis: diagnosis(culprit) })).toBe(way);
  });

  it("takes an edge on the direct way for the provider's", () => {
    expect(drawn({ ok: false, request: direct, diagnosis: diagnosis("edge") })).toBe(
      "computer passed -passed> provider failed",
    );
  });

  it("leaves what nothing proves in doubt", () => {
    expect(drawn({ verdict: "unproven" })).toBe(
      "computer passed -passed> cloudflare doubtful -doubtful> provider doubtful",
    );
  });

  it("does not claim that the provider was asked when the cache answered", () => {
    const { stops } = pictureOf(report({ cache: "HIT" }), "Anthropic");
    expect(stops.at(-1)).toMatchObject({ state: "unreached", detail: "from the cache" });
  });

  it("draws the configured way when no request was made", () => {
    expect(drawn({ ok: false, request: null, diagnosis: diagnosis("computer") })).toContain(
      "cloudflare unreached",
    );
  });
});
