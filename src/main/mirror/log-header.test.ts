/** The header that keeps prompts out of the gateway's log: written, owned and removed exactly. */
import { describe, expect, test } from "vitest";

import type { BlockDetails } from "../config/edit";
import { mirrorEdits, type ChangeContext } from "../config/mirror-edits";
import type { ReadProvider } from "../config/providers";
import { snapshotOf } from "../config/snapshot";
import {
  disableProvider,
  enableProvider,
  fixProvider,
  forgetProvider,
  mirrorAll,
} from "../config/testing/edit-text";
import type { Result } from "../../shared/result";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const BASE_URL = `"baseUrl": "https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw/openai"`;
const TOKEN = "gateway-token-1111";
const TOKEN_HEADER = `"cf-aig-authorization": "Bearer ${TOKEN}"`;
const LOG = `"cf-aig-collect-log-payload": "false"`;
const mirrored: ChangeContext = { file: "file", env: {}, mirror: true, domains: [] };
const bare: ChangeContext = { ...mirrored, mirror: false };

const names = { accountId: ACCOUNT, gatewayName: "gw" };
const hidden: BlockDetails = { ...names, storePrompts: false };
const shown: BlockDetails = { ...names, storePrompts: true };
const withToken: BlockDetails = { ...names, token: TOKEN };
const withoutToken: BlockDetails = { ...names, token: null };

function readAll(text: string): readonly ReadProvider[] {
  return snapshotOf({ success: true, data: Buffer.from(text) }, "file").providers;
}

function read(text: string, id = "openai"): ReadProvider {
  const found = readAll(text).find(({ config }) => config.id === id);
  if (!found) throw new Error(`There is no ${id}`);
  return found;
}

function textOf(result: Result<string>): string {
  return result.success ? result.data : result.error.code;
}

const on = (text: string, details: BlockDetails, context = mirrored, id = "openai") =>
  textOf(enableProvider(text, read(text, id), details, context));
const off = (text: string, id = "openai") =>
  textOf(disableProvider(text, read(text, id), mirrored));
const forget = (text: string, id = "openai") =>
  textOf(forgetProvider(text, read(text, id), mirrored));
const fixed = (text: string) => textOf(fixProvider(text, read(text), "mend_mirror", mirrored));

const file = (members: string) => `{ "openai": { "apiKey": "k"${members} } }`;
const block = (more: string) =>
  `, "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw"${more} }`;
const MIRROR = `"baseUrl", "cf-aig-collect-log-payload"`;

describe("a block that keeps prompts out of the log", () => {
  test.each([
    [
      "no headers",
      "",
      block(`, "storePrompts": false, "mirror": [${MIRROR}]`) +
        `, ${BASE_URL}, "headers": { ${LOG} }`,
    ],
    [
      "other headers",
      `, "headers": { "X-Team": "a" /* ours */ }`,
      `, "headers": { "X-Team": "a", /* ours */ ${LOG} }` +
        block(`, "storePrompts": false, "mirror": [${MIRROR}]`) +
        `, ${BASE_URL}`,
    ],
    [
      "headers without members",
      `, "headers": {  /* none */ }`,
      `, "headers": { ${LOG} }` +
        block(
          `, "storePrompts": false, "mirror": [${MIRROR}], "direct": { "headers": {  /* none */ } }`,
        ) +
        `, ${BASE_URL}`,
    ],
    [
      "headers that are not an object",
      `, "headers": null`,
      `, "headers": { ${LOG} }` +
        block(`, "storePrompts": false, "mirror": [${MIRROR}], "direct": { "headers": null }`) +
        `, ${BASE_URL}`,
    ],
    [
      "the user's own header with the same value",
      `, "headers": { "CF-AIG-Collect-Log-Payload": "false" }`,
      `, "headers": { "CF-AIG-Collect-Log-Payload": "false" }` +
        block(`, "storePrompts": false, "mirror": ["baseUrl"]`) +
        `, ${BASE_URL}`,
    ],
    [
      "the user's own header with another value",
      `, "headers": { "cf-aig-collect-log-payload": "true" }`,
      `, "headers": { "cf-aig-collect-log-payload": "true" }` +
        block(`, "storePrompts": false, "mirror": ["baseUrl"]`) +
        `, ${BASE_URL}`,
    ],
    [
      "the user's own token header",
      `, "headers": { "Cf-Aig-Authorization": "Bearer mine" }`,
      `, "headers": { "Cf-Aig-Authorization": "Bearer mine", ${LOG} }` +
        block(`, "storePrompts": false, "mirror": [${MIRROR}]`) +
        `, ${BASE_URL}`,
    ],
  ])("writes its header beside %s, and removes it without a trace", (_own, before, after) => {
    expect(on(file(before), hidden)).toBe(file(after));
    expect(on(file(after), hidden)).toBe(file(after));
    expect(on(file(after), names)).toBe(file(after));
    expect(forget(file(after))).toBe(file(before));
    expect(on(on(file(before), names), hidden)).toMatch(/"storePrompts": false/);
    expect(on(file(after), shown)).toBe(on(file(before), names));
    expect(on(off(file(after)), names)).toBe(on(off(on(file(before), hidden)), names));
    expect(forget(off(file(after)))).toBe(file(before));
  });

  test.each([
    ["no headers", ""],
    ["other headers", `, "headers": { "X-Team": "a" /* ours */ }`],
    ["headers without members", `, "headers": {  /* none */ }`],
    ["headers that are not an object", `, "headers": null`],
    ["the user's own token header", `, "headers": { "Cf-Aig-Authorization": "Bearer mine" }`],
    [
      "two own token headers",
      `, "headers": { "Cf-Aig-Authorization": "a", /* both */ "cf-aig-authorization": "b" }`,
    ],
    ["its own header", `, "headers": { "cf-aig-collect-log-payload": "true" }`],
  ])("and its token come and go in every order beside %s", (_own, before) => {
    const orders: readonly (readonly BlockDetails[])[] = [
      [hidden, withToken],
      [withToken, hidden],
      [hidden, withToken, withoutToken],
      [withToken, hidden, withoutToken],
      [withToken, hidden, shown],
      [hidden, withToken, shown, withoutToken],
      [withToken, { ...hidden, token: null }],
      [hidden, { ...withToken, storePrompts: true }],
      [
        { ...hidden, token: TOKEN },
        { ...withoutToken, storePrompts: true },
      ],
    ];
    for (const order of orders) {
      const texts = order.map((_, index) =>
        order.slice(0, index + 1).reduce((text, details) => on(text, details), file(before)),
      );
      for (const text of texts) {
        const { block: gateway } = read(text).config;
        const isOwn = before.includes("collect-log");
        expect(text.includes(TOKEN_HEADER.slice(20))).toBe(gateway?.token === TOKEN);
        expect(text.includes(LOG)).toBe(gateway?.storePrompts === false && !isOwn);
        expect(mirrorEdits(read(text), mirrored)).toEqual([]);
        expect(forget(text)).toBe(file(before));
      }
      // Whatever the order, the same settings are removed without a trace.
      const bothGone = { ...withoutToken, storePrompts: true };
      expect(on(texts.at(-1) ?? "", bothGone)).toBe(on(file(before), withoutToken));
    }
  });

  test("writes no header while compatibility is off", () => {
    expect(on(file(""), hidden, bare)).toBe(file(block(`, "storePrompts": false`)));
    expect(on(on(file(""), hidden, bare), shown, bare)).toBe(file(block("")));
  });

  test("gets and loses its header when compatibility is switched", () => {
    const bareText = on(file(`, "headers": { "X": "1" }`), hidden, bare);
    const all = (text: string, mirror: boolean) =>
      textOf(mirrorAll(text, readAll(text), { ...mirrored, mirror }));
    expect(all(bareText, true)).toBe(on(file(`, "headers": { "X": "1" }`), hidden));
    expect(all(all(bareText, true), false)).toBe(bareText);
  });

  test("reads only false as an order", () => {
    for (const value of [`"false"`, "0", "null", "true"]) {
      const text = file(block(`, "storePrompts": ${value}`));
      expect(read(text).config.block).not.toHaveProperty("storePrompts");
      expect(on(text, names)).not.toContain(LOG);
    }
  });
});

describe("after a manual edit", () => {
  const routed = on(file(`, "headers": { "X": "1" }`), { ...hidden, token: TOKEN });
  const own = file(`, "headers": { "X": "1" }`);

  test.each([
    ["of its name's case", (text: string) => text.replace(`"cf-aig-collect`, `"CF-AIG-collect`)],
    ["that removes it", (text: string) => text.replace(`, ${LOG}`, "")],
    ["that removes the token header", (text: string) => text.replace(`, ${TOKEN_HEADER}`, "")],
    ["that removes all headers", (text: string) => text.replace(/"headers": \{[^}]*\}, /, "")],
    ["that removes the token's mark", (text: string) => text.replace(`, "headers", `, ", ")],
  ])("is removed without a trace when the provider is forgotten after: %s", (_what, edit) => {
    const edited = edit(routed);
    expect(edited).not.toBe(routed);
    expect(forget(edited)).not.toContain("cf-aig");
    expect(forget(fixed(edited))).not.toContain("cf-aig");
  });

  test("its new value is the user's choice", () => {
    const edited = routed.replace(LOG, LOG.replace("false", "true"));
    expect(forget(edited)).toBe(
      own.replace(`"X": "1"`, `"X": "1", ${LOG.replace("false", "true")}`),
    );
    expect(fixed(edited)).toBe(edited.replace(`, "cf-aig-collect-log-payload"]`, "]"));
  });

  test("it is the user's own where the block no longer names it", () => {
    const edited = routed.replace(`, "cf-aig-collect-log-payload"]`, "]");
    expect(forget(edited)).toBe(own.replace(`"X": "1"`, `"X": "1", ${LOG}`));
  });

  test("the block's setting is followed", () => {
    const edited = routed.replace(`, "storePrompts": false`, "");
    expect(fixed(edited)).toBe(on(own, withToken));
    expect(fixed(on(own, withToken).replace(`"gw"`, `"gw", "storePrompts": false`))).toContain(LOG);
  });

  test("a header of the user's is saved though the log's was written before", () => {
    const mine = `"Cf-Aig-Authorization": "Bearer mine"`;
    for (const before of ["", `, "headers": {}`]) {
      const first = on(file(before), hidden).replace(LOG, `${LOG}, ${mine}`);
      expect(forget(on(first, withToken))).toContain(`"headers": { ${mine} }`);
    }
  });

  test("changes nothing when mux has saved the file", () => {
    const saved = JSON.stringify(JSON.parse(routed), null, 2);
    expect(mirrorEdits(read(saved), mirrored)).toEqual([]);
    expect(JSON.parse(forget(saved))).toEqual(JSON.parse(own));
  });
});

describe("OpenRouter", () => {
  const openrouter = (members: string) => `{ "openrouter": { "apiKey": "k"${members} } }`;
  const hide = (text: string) => on(text, hidden, mirrored, "openrouter");

  test("gets the header, and no header in its block", () => {
    const before = openrouter(`, "headers": { "X": "secret" }`);
    const after = hide(before);
    expect(after).toContain(`"headers": { "X": "secret", ${LOG} }`);
    expect(after.match(/secret/g)).toHaveLength(1);
    expect(forget(after, "openrouter")).toBe(before);
  });

  test("keeps headers that the block would have to save", () => {
    const before = openrouter(`, "headers": "X-Secret: 1"`);
    expect(hide(before)).toContain(`"headers": "X-Secret: 1"`);
    expect(hide(before)).not.toContain(LOG);
    expect(forget(hide(before), "openrouter")).toBe(before);
  });
});
