import { describe, expect, it } from "vitest";

import { diagnosis, report } from "../../testing/sample-reports";
import { pictureOf } from "./report-picture";
import { pathSentence } from "./path-sentence";

/** The sentence without its beginning, which is always the same. */
function sentenceOf(changes: Parameters<typeof report>[0]): string {
  return pathSentence(pictureOf(report(changes), "Anthropic")).replace("Path of the request: ", "");
}

const silent = { firstByteMs: null, firstTokenMs: null };
const timings = report().timings;

describe("the sentence of a route diagram", () => {
  it("splits the time between the connection and the answer when both answered", () => {
    expect(sentenceOf({})).toBe(
      "This computer: passed, then Cloudflare (my-gateway) after 38 ms: passed, then Anthropic after 374 ms: passed.",
    );
  });

  it("gives the gateway the whole time when it refused the request itself", () => {
    expect(sentenceOf({ ok: false, diagnosis: diagnosis("gateway") })).toBe(
      "This computer: passed, then Cloudflare (my-gateway) after 412 ms: failed here, then Anthropic: not reached.",
    );
  });

  it("does the same when the gateway answered from its cache", () => {
    expect(sentenceOf({ cache: "HIT" })).toBe(
      "This computer: passed, then Cloudflare (my-gateway) after 412 ms: passed, then Anthropic (from the cache): not reached.",
    );
  });

  it("names the connection when it failed, without a time that was not observed", () => {
    const none = { ...timings, ...silent, dnsMs: null, tcpMs: null, tlsMs: null };
    expect(sentenceOf({ ok: false, timings: none, diagnosis: diagnosis("network") })).toBe(
      "This computer: passed, then connection: failed here, then Cloudflare (my-gateway): not reached, then Anthropic: not reached.",
    );
  });

  it("gives only the wait for the answer when the connection was reused", () => {
    const reused = { ...timings, dnsMs: null, tcpMs: null, tlsMs: null };
    expect(sentenceOf({ timings: reused })).toBe(
      "This computer: passed, then Cloudflare (my-gateway): passed, then Anthropic after 412 ms: passed.",
    );
  });

  it("has one time when the request went directly to the provider", () => {
    const request = { method: "POST", url: "https://api.anthropic.com/v1/messages" };
    expect(sentenceOf({ request, verdict: "direct", expected: "direct" })).toBe(
      "This computer: passed, then Anthropic (api.anthropic.com) after 412 ms: passed.",
    );
  });
});
