import { expect, test } from "vitest";

import { parseDocument } from "../jsonc/document";
import { readProviders, type ReadProvider } from "./providers";

function read(text: string, id: string): ReadProvider | undefined {
  const document = parseDocument(text, "providers.jsonc");
  if (!document.success) throw new Error(document.error.message);
  return readProviders(text, document.data.root?.members ?? []).find(
    ({ config }) => config.id === id,
  );
}

const block = (gatewayName: string) =>
  `"cloudflareGateway": { "accountId": "a", "gatewayName": "${gatewayName}" }`;

test("reads the last entry when a provider appears twice", () => {
  const text = `{ "openai": { "apiKey": "1", ${block("first")} }, "xai": {}, "openai": { "apiKey": "2", ${block("last")} } }`;
  const found = read(text, "openai");
  expect(found?.config.values["apiKey"]).toBe("2");
  expect(found?.config.block?.gatewayName).toBe("last");
  expect(found?.shown?.gatewayName).toBe("last");
});

test("ignores the first entry when a provider appears twice", () => {
  const found = read(`{ "openai": { ${block("first")} }, "openai": {} }`, "openai");
  expect(found).toMatchObject({ config: { block: null }, shown: null });
});

test("inherits nothing when a member is named __proto__", () => {
  const inherited = `{ "enabled": false, ${block("inherited")}, "baseUrl": "https://example.com" }`;
  const found = read(`{ "openai": { "__proto__": ${inherited} } }`, "openai");
  expect(found).toMatchObject({ config: { enabled: true, block: null }, shown: null });
  expect(found?.config.values["baseUrl"]).toBeUndefined();
  expect(Object.keys(found?.config.values ?? {})).toEqual(["__proto__"]);
});
