/** The mirror: whole texts before and after, manual edits, and OpenRouter. */
import { describe, expect, test } from "vitest";

import type { ChangeContext } from "../config/mirror-edits";
import {
  disableProvider,
  enableProvider,
  fixProvider,
  forgetProvider,
  mirrorAll,
} from "../config/testing/edit-text";
import type { BlockDetails } from "../config/edit";
import { DEFAULT_MUX_SETTINGS } from "../mux/mux-settings";
import type { ReadProvider } from "../config/providers";
import { snapshotOf } from "../config/snapshot";
import { viewOf } from "../config/view";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const OTHER = "fedcba9876543210fedcba9876543210";
const GATEWAY = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}`;
const TOKEN = "gateway-token-1111";
const HEADER = `"cf-aig-authorization": "Bearer ${TOKEN}"`;
const mirrored: ChangeContext = { file: "file", env: {}, mirror: true, domains: [] };
const bare: ChangeContext = { ...mirrored, mirror: false };
const plain: BlockDetails = { accountId: ACCOUNT, gatewayName: "gw" };
const withToken: BlockDetails = { ...plain, token: TOKEN };

function readAll(text: string): readonly ReadProvider[] {
  return snapshotOf({ success: true, data: Buffer.from(text) }, "file").providers;
}

function read(text: string, id: string): ReadProvider {
  const found = readAll(text).find(({ config }) => config.id === id);
  if (!found) throw new Error(`There is no ${id}`);
  return found;
}

function on(text: string, id: string, details: BlockDetails, context = mirrored): string {
  const result = enableProvider(text, read(text, id), details, context);
  return result.success ? result.data : result.error.code;
}

function off(text: string, id: string, context = mirrored): string {
  const result = disableProvider(text, read(text, id), context);
  return result.success ? result.data : result.error.code;
}

function forget(text: string, id: string): string {
  const result = forgetProvider(text, read(text, id), mirrored);
  return result.success ? result.data : result.error.code;
}

function fixMirror(text: string, id: string, context = mirrored): string {
  const result = fixProvider(text, read(text, id), "mend_mirror", context);
  return result.success ? result.data : result.error.code;
}

function all(text: string, isOn: boolean): string {
  const result = mirrorAll(text, readAll(text), { ...mirrored, mirror: isOn });
  return result.success ? result.data : result.error.code;
}

function row(text: string, id: string, isOn = true) {
  const view = viewOf({
    version: { store: "s", number: 1 },
    file: "file",
    shownFile: "~/.mux/providers.jsonc",
    canOpenFile: false,
    otherFile: null,
    exists: true,
    holdsApiToken: false,
    accountChanges: 0,
    problem: null,
    providers: readAll(text),
    env: {},
    mux: DEFAULT_MUX_SETTINGS,
    withoutKey: new Set(),
    app: "mux",
    domains: [],
    mirror: { on: isOn, canChange: true },
    undoSteps: 0,
    made: 0,
    markKey: Buffer.alloc(32),
  });
  return view.providers.find((provider) => provider.id === id);
}

const noticesOf = (text: string, id: string, isOn = true) =>
  row(text, id, isOn)?.notices.map(({ code, fix }) => `${code}${fix ? ` → ${fix}` : ""}`);

describe("enabling", () => {
  test("writes the base URL and the token header when there are none", () => {
    const before = `{
  // work
  "openai": {
    "apiKey": "k" // mine
  }
}
`;
    const after = on(before, "openai", withToken);
    expect(after).toBe(`{
  // work
  "openai": {
    "apiKey": "k", // mine
    "cloudflareGateway": {
      "accountId": "${ACCOUNT}",
      "gatewayName": "gw",
      "token": "${TOKEN}",
      "mirror": ["baseUrl", "headers"]
    },
    "baseUrl": "${GATEWAY}/gw/openai",
    "headers": {
      ${HEADER}
    }
  }
}
`);
    expect(forget(after, "openai")).toBe(before);
    expect(row(after, "openai")).toMatchObject({
      route: "gateway",
      gatewayByHand: null,
      baseUrl: `${GATEWAY}/gw/openai`,
      directBaseUrl: "https://api.openai.com/v1",
      notices: [{ code: "voice_input" }],
    });
  });

  test("saves the user's own values as spelled when it replaces them", () => {
    const before = `{ "anthropic": {
  "baseUrl": "https:\\/\\/eu.api.anthropic.com\\/v1", // the office's
  "headers": { "X-Team": "a", /* old */ "CF-AIG-Authorization": "Bearer their-own" },
  "baseURL": "https://ignored.example"
} }`;
    const after = on(before, "anthropic", withToken);
    expect(after).toBe(`{ "anthropic": {
  "baseUrl": "${GATEWAY}/gw/anthropic/v1", // the office's
  "headers": { "X-Team": "a", /* old */ "CF-AIG-Authorization": "Bearer ${TOKEN}" },
  "baseURL": "https://ignored.example",
  "cloudflareGateway": {
    "accountId": "${ACCOUNT}",
    "gatewayName": "gw",
    "token": "${TOKEN}",
    "mirror": ["baseUrl", "headers"],
    "direct": { "baseUrl": "https:\\/\\/eu.api.anthropic.com\\/v1", "headers": { "CF-AIG-Authorization": "Bearer their-own" } }
  }
} }`);
    expect(forget(after, "anthropic")).toBe(before);
    expect(read(after, "anthropic").config.values).toMatchObject({
      baseUrl: "https://eu.api.anthropic.com/v1",
      headers: { "CF-AIG-Authorization": "Bearer their-own" },
    });
    expect(row(after, "anthropic")?.directBaseUrl).toBe("https://eu.api.anthropic.com/v1");
  });

  test("writes baseUrl when the user has baseURL, because mux reads it first", () => {
    const before = `{"openai":{"baseURL":"https://eu.api.openai.com/v1"}}`;
    const after = on(before, "openai", plain);
    expect(after).toContain(`"baseURL":"https://eu.api.openai.com/v1"`);
    expect(after).toContain(`"baseUrl":"${GATEWAY}/gw/openai"`);
    expect(after).not.toContain("direct");
    expect(row(after, "openai")?.directBaseUrl).toBe("https://eu.api.openai.com/v1");
    expect(forget(after, "openai")).toBe(before);
  });

  test("writes one header and restores both when there are two spellings", () => {
    const own = `{ "Cf-Aig-Authorization": "a", "cf-aig-authorization": "b" }`;
    const after = on(`{ "openai": { "headers": ${own} } }`, "openai", withToken);
    expect(after).toContain(`"headers": { ${HEADER} }`);
    const back: unknown = JSON.parse(forget(after, "openai"));
    expect(back).toEqual({ openai: { headers: JSON.parse(own) as unknown } });
  });

  test("writes only the block when the mirror is off", () => {
    const after = on(`{ "openai": {} }`, "openai", withToken, bare);
    expect(after).toBe(
      `{ "openai": { "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw", "token": "${TOKEN}" } } }`,
    );
    expect(off(after, "openai", bare)).toBe(after.replace("Gateway", "GatewayDisabled"));
    expect(noticesOf(after, "openai", false)).toEqual([]);
  });
});

describe("a change of the gateway", () => {
  const routed = on(`{ "openai": { "headers": { "X": "1" } } }`, "openai", withToken);

  test("updates the fields when the mirror is on", () => {
    expect(on(routed, "openai", { ...plain, gatewayName: "gw2", token: "t-2" })).toBe(
      routed.replaceAll(TOKEN, "t-2").replace(`"gw"`, `"gw2"`).replace("/gw/", "/gw2/"),
    );
  });

  test("removes the header when the token is removed, and adds it again", () => {
    const without = on(routed, "openai", { ...plain, token: null });
    expect(without).not.toContain(TOKEN);
    expect(without).toContain(`"headers": { "X": "1" }`);
    expect(without).toContain(`"mirror": ["baseUrl"]`);
    expect(on(without, "openai", withToken)).toContain(`"X": "1", ${HEADER}`);
  });

  test("updates existing fields when the mirror is off", () => {
    expect(on(routed, "openai", { ...plain, gatewayName: "gw2" }, bare)).toBe(
      on(routed, "openai", { ...plain, gatewayName: "gw2" }),
    );
  });

  test.each([mirrored, bare])("removes the token when the account changes", (context) => {
    const moved = on(routed, "openai", { accountId: OTHER, gatewayName: "gw" }, context);
    expect(moved).not.toContain(TOKEN);
    expect(moved).toContain(`/v1/${OTHER}/gw/openai`);
    expect(moved).toContain(`"mirror": ["baseUrl"]`);
  });

  test("removes the token of a disabled block when the account changes", () => {
    const moved = on(off(routed, "openai"), "openai", { accountId: OTHER, gatewayName: "gw" });
    expect(moved).not.toContain(TOKEN);
  });

  test("keeps the token when only the gateway changes", () => {
    const moved = on(routed, "openai", { ...plain, gatewayName: "gw2" });
    expect(moved).toBe(routed.replace(`"gw"`, `"gw2"`).replace("/gw/", "/gw2/"));
  });

  test("updates the base URL when the token is invalid", () => {
    const edited = routed.replace(`"token": "${TOKEN}"`, `"token": "two words"`);
    expect(noticesOf(edited, "openai")).toEqual([
      "mirror_out_of_step → mend_mirror",
      "token_unusable",
    ]);
    const moved = on(edited, "openai", { ...plain, gatewayName: "gw2" });
    expect(moved).toContain(`"baseUrl": "${GATEWAY}/gw2/openai"`);
    expect(moved).not.toContain("authorization");
    expect(noticesOf(moved, "openai")).toEqual(["token_unusable"]);
  });
});

describe("a manual edit", () => {
  const own = `{ "openai": { "baseUrl": "https://eu.api.openai.com/v1" } }`;
  const routed = on(own, "openai", withToken);

  test("is reported and fixed in one step when it changes the block", () => {
    const edited = routed.replace(`"gatewayName": "gw"`, `"gatewayName": "gw2"`);
    expect(noticesOf(routed, "openai")).toEqual([]);
    expect(noticesOf(edited, "openai")).toEqual(["mirror_out_of_step → mend_mirror"]);
    expect(noticesOf(edited, "openai", false)).toEqual(["mirror_out_of_step → mend_mirror"]);
    expect(fixMirror(edited, "openai")).toBe(edited.replace("/gw/", "/gw2/"));
    expect(fixMirror(routed, "openai")).toBe("fix_unavailable");
  });

  test.each([
    ["the token", (text: string) => text.replace(`"token": "${TOKEN}"`, `"token": "t-2"`)],
    ["a removed token", (text: string) => text.replace(`"token": "${TOKEN}", `, "")],
    ["the header", (text: string) => text.replace(`"Bearer ${TOKEN}"`, `"Bearer t-3"`)],
    ["the gateway", (text: string) => text.replace("/gw/", "/gw2/")],
    ["the scheme", (text: string) => text.replace("https://gateway", "http://gateway")],
    ["the host", (text: string) => text.replace(".com/v1/0", ".com./v1/0")],
    ["the port", (text: string) => text.replace(".com/v1/0", ".com:8443/v1/0")],
  ])(
    "leaves nothing of the gateway when it changes %s and the provider is disabled",
    (_what, edit) => {
      const edited = edit(routed);
      expect(edited).not.toBe(routed);
      expect(noticesOf(edited, "openai")).toEqual([
        edited.includes("http://")
          ? "token_leak → restore_gateway_url"
          : "mirror_out_of_step → mend_mirror",
      ]);
      const { values } = read(off(edited, "openai"), "openai").config;
      expect(Object.keys(values)).toEqual(["baseUrl", "cloudflareGatewayDisabled"]);
      expect(values["baseUrl"]).toBe("https://eu.api.openai.com/v1");
      expect(forget(edited, "openai")).toBe(own);
    },
  );

  test("does not keep the token when it removes the list and changes the URL", () => {
    const edited = routed
      .replace(/, "mirror".*?openai\.com\/v1" }/, "")
      .replace(`"${GATEWAY}/gw/openai"`, `"https://us.api.openai.com/v1"`);
    expect(edited).not.toContain("mirror");
    expect(forget(edited, "openai")).toBe(own.replace("eu.", "us."));
    expect(fixMirror(edited, "openai")).toContain(
      `"direct": { "baseUrl": "https://us.api.openai.com/v1" }`,
    );
    expect(forget(fixMirror(edited, "openai"), "openai")).toBe(own.replace("eu.", "us."));
  });

  test("keeps its base URL when the provider is fixed or forgotten", () => {
    const edited = routed.replace(`"${GATEWAY}/gw/openai"`, `"https://us.api.openai.com/v1"`);
    expect(noticesOf(edited, "openai")).toEqual(["token_leak → restore_gateway_url"]);
    expect(forget(edited, "openai")).toBe(own.replace("eu.", "us."));
    const repaired = fixMirror(edited, "openai");
    expect(repaired).toBe(routed.replace("eu.", "us."));
    expect(row(edited, "openai")?.directBaseUrl).toBe("https://us.api.openai.com/v1");
  });

  test("is shown as a gateway route and fixed when it disables the block", () => {
    const edited = routed.replace("Gateway", "GatewayDisabled");
    expect(row(edited, "openai")).toMatchObject({
      route: "direct",
      gatewayByHand: { accountId: ACCOUNT, gatewayName: "gw" },
    });
    expect(noticesOf(edited, "openai")).toEqual(["mirror_out_of_step → mend_mirror"]);
    expect(fixMirror(edited, "openai")).toBe(off(routed, "openai"));
    expect(off(edited, "openai")).toBe(off(routed, "openai"));
  });

  test("keeps its new headers when the provider is forgotten", () => {
    const edited = routed.replace(`{ ${HEADER} }`, `{ ${HEADER}, "X-New": "1" }`);
    expect(noticesOf(edited, "openai")).toEqual([]);
    expect(forget(edited, "openai")).toBe(own.replace(" } }", `, "headers": { "X-New": "1" } } }`));
  });

  test("is reported when it adds a block without compatibility fields", () => {
    const byHand = on(`{ "openai": {} }`, "openai", withToken, bare);
    expect(noticesOf(byHand, "openai")).toEqual(["mirror_out_of_step → mend_mirror"]);
    expect(fixMirror(byHand, "openai")).toBe(on(`{ "openai": {} }`, "openai", withToken));
  });

  test("counts as mirrored when it adds the base URL of the block", () => {
    const bareBlock = `"cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw", "token": "${TOKEN}" }`;
    const byHand = `{ "openai": { "baseUrl": "${GATEWAY}/gw/openai", "headers": { ${HEADER} }, ${bareBlock} } }`;
    expect(noticesOf(byHand, "openai")).toEqual([]);
    expect(row(byHand, "openai")?.directBaseUrl).toBe("https://api.openai.com/v1");
    expect(off(byHand, "openai")).toBe(
      `{ "openai": { ${bareBlock.replace("Gateway", "GatewayDisabled")} } }`,
    );
    const moved = on(byHand, "openai", { ...plain, gatewayName: "gw2" });
    expect(moved).toContain(`"baseUrl": "${GATEWAY}/gw2/openai"`);
    expect(moved).not.toContain("direct");
  });
});

describe("the setting", () => {
  const two = `{
  "anthropic": { ${block("gw")}, "apiKey": "k" },
  "openai": {
    // routed
    "baseUrl": "https://eu.api.openai.com",
    ${block("gw2")}
  },
  "google": {},
  "xai": { ${block("gw").replace("Gateway", "GatewayDisabled")} }
}
`;

  test("mirrors all active blocks, and removes all fields when turned off", () => {
    const on2 = all(two, true);
    expect(on2).toContain(`"baseUrl": "${GATEWAY}/gw/anthropic/v1"`);
    expect(on2).toContain(`"baseUrl": "${GATEWAY}/gw2/openai"`);
    expect(on2.match(/"baseUrl"/g)).toHaveLength(5);
    expect(all(on2, true)).toBe(on2);
    expect(all(on2, false)).toBe(two);
    expect(all(two, false)).toBe(two);
  });

  test("skips a block when it is not usable", () => {
    const broken = `{ "openai": { "cloudflareGateway": { "accountId": "x" } }, "xai": { "cloudflareGateway": 1 } }`;
    expect(all(broken, true)).toBe(broken);
  });
});

describe("OpenRouter, to which mux sends the whole block", () => {
  const own = `{ "openrouter": { "apiKey": "k" } }`;
  const routed = on(own, "openrouter", withToken);

  test("has its token only in the header when it is enabled", () => {
    expect(routed).toBe(
      `{ "openrouter": { "apiKey": "k", "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw", "mirror": ["baseUrl", "headers"] }, "baseUrl": "${GATEWAY}/gw/openrouter/v1", "headers": { ${HEADER} } } }`,
    );
    expect(read(routed, "openrouter").config.block?.token).toBe(TOKEN);
    expect(row(routed, "openrouter")?.gateway?.hasToken).toBe(true);
    expect(noticesOf(routed, "openrouter")).toEqual(["openrouter_body"]);
    expect(row(routed, "openrouter")?.notices[0]?.message).not.toContain("token");
  });

  test("loses its token only when that is removed or the provider disabled", () => {
    expect(on(routed, "openrouter", { ...plain, gatewayName: "gw2" })).toContain(HEADER);
    expect(on(routed, "openrouter", { ...plain, token: null })).not.toContain(TOKEN);
    expect(off(routed, "openrouter")).not.toContain(TOKEN);
    expect(off(routed, "openrouter", bare)).not.toContain(TOKEN);
    expect(forget(routed, "openrouter")).toBe(own);
  });

  test("keeps the user's own header and warns when there is one", () => {
    const text = `{ "openrouter": { "headers": { "CF-AIG-Authorization": "Bearer theirs" } } }`;
    const after = on(text, "openrouter", withToken);
    expect(after).toContain(`"headers": { "CF-AIG-Authorization": "Bearer theirs" }`);
    expect(after).not.toContain(TOKEN);
    expect(after.match(/theirs/g)).toHaveLength(1);
    expect(noticesOf(after, "openrouter")).toEqual(["openrouter_body", "openrouter_own_header"]);
    expect(forget(after, "openrouter")).toBe(text);
  });

  test("loses its token when the mirror is off, and gets it from another block", () => {
    const bareText = all(routed, false);
    expect(bareText).toBe(on(own, "openrouter", plain, bare));
    expect(all(bareText, true)).not.toContain(TOKEN);
    const both = on(routed.replace("{", `{ "openai": {}, `), "openai", withToken);
    const again = all(all(both, false), true);
    expect(again).toContain(`"openrouter": { "apiKey": "k", ${block("gw").slice(0, -2)}`);
    expect(read(again, "openrouter").config.block?.token).toBe(TOKEN);
  });

  test("takes the token of another block when that has the same gateway", () => {
    const others = (name: string, account = ACCOUNT) =>
      on(own.replace("{", `{ "openai": {}, `), "openai", {
        accountId: account,
        gatewayName: name,
        token: TOKEN,
      });
    const token = (text: string) => read(text, "openrouter").config.block?.token;
    expect(token(on(others("gw"), "openrouter", plain))).toBe(TOKEN);
    expect(token(on(off(others("gw"), "openai"), "openrouter", plain))).toBe(TOKEN);
    expect(token(on(others("gw"), "openrouter", { ...plain, token: null }))).toBe(null);
    expect(token(on(others("gw2"), "openrouter", plain))).toBe(null);
    expect(token(on(others("gw", OTHER), "openrouter", plain))).toBe(null);
    expect(token(on(others("gw"), "openrouter", plain, bare))).toBe(null);
    const differ = on(others("gw").replace("{", `{ "xai": {}, `), "xai", { ...plain, token: "t" });
    expect(token(on(differ, "openrouter", plain))).toBe(null);
  });

  test("refuses a token when the mirror is off", () => {
    expect(on(own, "openrouter", withToken, bare)).toBe("openrouter_needs_mirror");
    const inBlock = own.replace(" } }", `, ${block("gw").slice(0, -2)}, "token": "${TOKEN}" } } }`);
    expect(on(inBlock, "openrouter", plain, bare)).toBe("openrouter_needs_mirror");
    expect(on(inBlock, "openrouter", { ...plain, token: null }, bare)).not.toContain(TOKEN);
    expect(off(inBlock, "openrouter", bare)).not.toContain(TOKEN);
    expect(fixMirror(inBlock, "openrouter")).toBe(routed);
  });

  test("keeps its fields when a host without the mirror changes it", () => {
    const moved = on(routed, "openrouter", { ...plain, gatewayName: "gw2" }, bare);
    expect(moved).toBe(on(routed, "openrouter", { ...plain, gatewayName: "gw2" }));
    expect(moved).toContain(HEADER);
    expect(moved.match(new RegExp(TOKEN, "g"))).toHaveLength(1);
  });
});

function block(name: string): string {
  return `"cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "${name}" }`;
}
