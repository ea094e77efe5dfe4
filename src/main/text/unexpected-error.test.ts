import { describe, expect, it } from "vitest";

import { aboutError } from "./unexpected-error";

const KEY = "sk-canary-in-an-error";

/** An error as libraries throw it, with the request's headers and a cause. */
function thrown(message: string): Error {
  const error = new TypeError(message, { cause: new Error(KEY) });
  return Object.assign(error, { headers: { authorization: `Bearer ${KEY}` }, body: KEY });
}

describe("an unexpected error", () => {
  it("is described by its class and place", () => {
    const { what, at } = aboutError(thrown("no"));
    expect(what).toBe("TypeError");
    expect(at).toMatch(/^thrown \(.*unexpected-error\.test\.ts:\d+:\d+\) < /);
    expect(at).not.toContain("\n");
  });

  it.each([
    ["one line", `the header ${KEY} is wrong`],
    ["many lines", `the header is wrong\n    at ${KEY} (/x.js:1:1)\n\n${KEY}`],
    ["the key alone", KEY],
  ])("does not reveal a message with %s, its members or its cause", (_, message) => {
    expect(JSON.stringify(aboutError(thrown(message)))).not.toContain(KEY);
  });

  it("does not reveal a message or a name that was changed later", () => {
    const changed = thrown(KEY);
    expect(changed.stack).toContain(KEY);
    changed.message = "other";
    expect(aboutError(changed)).toEqual({ what: "TypeError", at: "" });
    const ended = thrown(`an end\n    at ${KEY}`);
    expect(ended.stack).toContain(KEY);
    ended.message = "end";
    expect(aboutError(ended)).toEqual({ what: "TypeError", at: "" });
    const named = Object.assign(thrown("no"), { name: KEY });
    expect(JSON.stringify(aboutError(named))).not.toContain(KEY);
    expect(aboutError(KEY)).toEqual({ what: "string", at: "" });
  });
});
