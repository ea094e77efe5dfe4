/** Tests that every encoding of a secret, nested or not, is redacted and ordinary text is not. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { countOf } from "../../shared/testing/counts";
import { redactor } from "./redact";

type Form = (text: string) => string;

const bytes = (text: string): Buffer => Buffer.from(text);
const each = (text: string, spell: (code: number, character: string) => string): string =>
  Array.from(text, (character) => spell(character.codePointAt(0) ?? 0, character)).join("");
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");

/** Every encoding, with its encoder. */
const FORMS: Readonly<Record<string, Form>> = {
  plain: (text) => text,
  percent: encodeURIComponent,
  percentEverything: (text) => [...bytes(text)].map((byte) => `%${hex(byte, 2)}`).join(""),
  percentTwice: (text) => encodeURIComponent(encodeURIComponent(text)),
  json: (text) => JSON.stringify(text).slice(1, -1),
  jsonSlash: (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  jsonNumbers: (text) => each(text, (code) => `\\u${hex(code, 4)}`),
  jsonSome: (text) =>
    each(text, (code, one) => (/[A-Za-z0-9]/.test(one) ? one : `\\u${hex(code, 4).toUpperCase()}`)),
  javascript: (text) => each(text, (code) => `\\x${hex(code, 2)}`),
  htmlNamed: (text) =>
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&apos;")
      .replaceAll("/", "&sol;")
      .replaceAll("+", "&plus;")
      .replaceAll("=", "&equals;"),
  htmlDecimal: (text) => each(text, (code) => `&#${code};`),
  htmlHex: (text) => each(text, (code) => `&#x${hex(code, 2)};`),
  base64: (text) => bytes(text).toString("base64"),
  base64Bare: (text) => bytes(text).toString("base64").replaceAll("=", ""),
  base64InLines: (text) => bytes(text).toString("base64").replaceAll(/.{16}/g, "$&\r\n").trim(),
  base64url: (text) => bytes(text).toString("base64url"),
  hexSmall: (text) => bytes(text).toString("hex"),
  hexCapital: (text) => bytes(text).toString("hex").toUpperCase(),
};

const NAMES = Object.keys(FORMS);
const form = fc.constantFrom(...NAMES);
const written = (name: string, text: string): string => FORMS[name]?.(text) ?? "";

/** Typical provider keys, and unusual ones. */
const key = fc.oneof(
  fc.stringMatching(/^sk-[A-Za-z0-9_-]{12,60}$/),
  fc.stringMatching(/^[A-Za-z0-9+/]{16,60}={0,2}$/),
  fc.stringMatching(/^[!-~]{12,48}$/),
);

const RUNS = { numRuns: countOf("secrets") };

describe("a random key", () => {
  it("is removed completely in each encoding and each nested encoding", () => {
    fc.assert(
      fc.property(key, form, form, (secret, inner, outer) => {
        const text = `before: ${written(outer, written(inner, secret))} :after`;
        const rest = redactor([secret])(text).split("[redacted]");
        expect(rest).toHaveLength(2);
        expect(rest[0]).toBe("before: ");
        // Base64 padding may remain, in the outer encoding.
        expect(rest[1]).toMatch(/ :after$/);
        expect(rest[1]?.length).toBeLessThanOrEqual(
          written(outer, "==").length + 4 + " :after".length,
        );
      }),
      RUNS,
    );
  });

  it.each(["base64", "base64Bare", "base64url", "hexSmall", "hexCapital", "percentTwice"])(
    "is removed from %s that contains more than the key, at any position",
    (name) => {
      const around = fc.stringMatching(/^[a-z :]{0,12}$/);
      fc.assert(
        fc.property(key, around, around, (secret, before, after) => {
          const shown = redactor([secret])(written(name, `${before}${secret}${after}`));
          const rest = shown.split("[redacted]");
          expect(rest).toHaveLength(2);
          // The rest is no longer than the text around the key.
          expect(rest[0]?.length).toBeLessThanOrEqual(written(name, before).length);
          expect(rest[1]?.length).toBeLessThanOrEqual(written(name, after).length + 5);
        }),
        RUNS,
      );
    },
  );

  it("is removed in each encoding when the text was cut in the middle of it", () => {
    fc.assert(
      fc.property(key, form, fc.nat(), (secret, name, place) => {
        const whole = written(name, secret);
        const shown = redactor([secret])(`before: ${whole.slice(0, place % whole.length)}`, {
          cut: true,
        });
        // Three characters reveal nothing; part of the encoded fourth may remain.
        const least = written(name, secret.slice(0, 4)).length + 4;
        expect(shown.replace("[redacted]", "").length).toBeLessThan("before: ".length + least);
      }),
      RUNS,
    );
  });

  it.each([
    ["dots", "..."],
    ["an ellipsis", "…"],
    ["stars", "****"],
    ["bullets", "••••"],
    ["bullets in JSON", "\\u2022\\u2022\\u2022"],
    ["stars in a URL", "%2A%2A%2A%2A"],
  ])("is removed when a server masked it with %s", (_, mask) => {
    fc.assert(
      fc.property(fc.stringMatching(/^sk-ant-[A-Za-z0-9_-]{20,60}$/), (secret) => {
        const redact = redactor([secret]);
        for (const masked of [
          `${secret.slice(0, 7)}${mask}${secret.slice(-4)}`,
          `${mask}${secret.slice(-4)}`,
        ]) {
          expect(redact(`Invalid key: ${masked}`)).toBe("Invalid key: [redacted]");
          expect(redact(`{"key":"${masked}"}`)).toBe('{"key":"[redacted]"}');
        }
      }),
      RUNS,
    );
  });
});

/** The characters of escapes, digits and words. */
const PIECES = "%\\&#x;u/+-=_ \n.,:09afAFzZé☃😀";

describe("a text without the secret", () => {
  const redact = redactor(["sk-ant-api03-0123456789abcdef", "ollama", "preview", "no"]);

  it.each([
    "Loading...done, 1...9, see ../../docs/a...b and main...feature",
    "The model gpt-4o-preview of ollama-cloud has no preview2 access.",
    "100% of requests; a&b; C:\\users\\new; &copy; &#9731; %zz \\u12",
    'data: {"id":"chatcmpl-8f2a6bd1c0ffee","choices":[{"delta":{"content":"OK"}}]}',
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "/v1/0123456789abcdef0123456789abcdef/my-gateway/anthropic/v1/messages",
  ])("is unchanged: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  it("is unchanged when it is random", () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom(...Array.from(PIECES)), { maxLength: 200 })
          .map((all) => all.join("")),
        (text) => {
          expect(redact(text)).toBe(text);
        },
      ),
    );
  });

  it("loses a short secret only where it is a whole word", () => {
    expect(redact("key ollama, ollamas, re-preview, preview.")).toBe(
      "key [redacted], ollamas, re-preview, [redacted].",
    );
  });
});

it.each(["a", "V", "%25", "\\\\", "&amp;", "61", "...", "•", "sk-ant-", "QUFB", "a\n", "w "])(
  "is processed quickly when it is long and made of %j",
  (piece) => {
    const secret = "sk-ant-api03-0123456789abcdefghijklmnopqrstuvwxyz";
    const redact = redactor([secret, "a".repeat(40), secret.slice(3)]);
    const text = piece.repeat(Math.ceil(65_536 / piece.length));
    const started = performance.now();
    redact(text, { cut: true });
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
