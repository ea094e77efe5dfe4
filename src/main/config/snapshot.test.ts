import { describe, expect, test } from "vitest";

import { snapshotOf } from "./snapshot";

const BLOCK = `"cloudflareGateway": { "accountId": "a", "gatewayName": "g", "token": "t" }`;
const HEADERS = `"headers": { "cf-aig-authorization": "Bearer t" }`;
const ROUTED = `"openai": { "apiKey": "k", ${BLOCK} }`;
const MIRRORED = `"openai": { ${HEADERS}, ${BLOCK}, "baseUrl": "https://gateway.ai.cloudflare.com/v1/a/g/openai" }`;
const CUSTOM = `"mine": { "providerType": "openai-compatible", ${HEADERS} }`;
const PLAIN = `"anthropic": { "apiKey": "k" }`;

const TEXTS = [
  `{}`,
  `{ ${PLAIN}, ${ROUTED}, ${CUSTOM} }`,
  `// moved\n{ ${ROUTED}, ${PLAIN}, ${CUSTOM} }`,
  `{ ${PLAIN}, ${MIRRORED}, ${CUSTOM} }`,
  `{ ${PLAIN}, ${ROUTED.replace(`"t"`, `"u"`)}, ${CUSTOM} }`,
  `{ ${PLAIN}, "openai": {}, ${CUSTOM} }`,
  `{ ${PLAIN}, ${PLAIN}, ${CUSTOM} }`,
  `\n{ ${PLAIN},\n${PLAIN}, ${CUSTOM} }`,
  `{ ${PLAIN}, "mine": { ${HEADERS} } }`,
  `{ "anthropic": { "providerType": "openai-compatible" }, "other": { ${BLOCK} }, ${CUSTOM} }`,
  `{ ${PLAIN}, "openai": { ${BLOCK}, ${BLOCK} }, ${CUSTOM} }`,
  `{ ${PLAIN}, ${ROUTED}`,
];

describe("a snapshot that reuses providers of an earlier one", () => {
  test.each(TEXTS)("is the same as one read from the start when the file was %s", (first) => {
    for (const second of TEXTS) {
      const before = snapshotOf(bytesOf(first), "file");
      const [reused, fresh] = [
        snapshotOf(bytesOf(second), "file", undefined, before),
        snapshotOf(bytesOf(second), "file"),
      ];
      expect(JSON.stringify(reused.providers)).toBe(JSON.stringify(fresh.providers));
      expect(knownTokens(reused)).toEqual(knownTokens(fresh));
    }
  });

  test("reuses the object of a provider when its text is unchanged", () => {
    const before = snapshotOf(bytesOf(`{ ${PLAIN}, ${CUSTOM} }`), "file");
    const after = snapshotOf(bytesOf(`{ ${CUSTOM}, "openai": {} }`), "file", undefined, before);
    const mine = after.providers.find(({ config }) => config.id === "mine");
    expect(before.providers).toContain(mine);
  });
});

function bytesOf(text: string) {
  return { success: true, data: Buffer.from(text) } as const;
}

function knownTokens({ providers }: ReturnType<typeof snapshotOf>) {
  return providers.map(({ tokens }) => ["t", "u"].map((token) => tokens.isToken(token)));
}
