/**
 * Runs random actions of the panel between manual edits of mirrored fields, restarts, and saves by
 * mux. Afterwards every provider is disabled or forgotten. Then these statements must hold:
 *
 * - No token header contains a token that the panel wrote, or that was in a block before the first
 *   provider was disabled. After a restart without a settings file, only the latter applies.
 * - The user's own base URL and token headers are restored, unless the edits destroyed the saved
 *   values. A gateway base URL may stay if neither a declaration nor a token is left.
 */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { expect, test } from "vitest";

import { countOf, PATIENCE_MS } from "../../shared/testing/counts";
import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import {
  edited,
  HAND_TOKEN,
  handEdit,
  headersOf,
  PANEL_TOKENS,
  providersIn,
  tokensOfBlocks,
} from "./testing/hand-edits";
import { removeDirectory } from "../text/testing/remove-directory";

const RUNS = { numRuns: countOf("handEdits") };
const ACCOUNTS = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
const IDS = ["openai", "xai", "openrouter", "acme"] as const;

const NEVER: ReadonlySet<string> = new Set(["edit_refused", "internal", "token_not_remembered"]);

const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      call: fc.constant("enable" as const),
      id: fc.constantFrom(...IDS),
      accountId: fc.constantFrom(ACCOUNTS[0], ...ACCOUNTS),
      gatewayName: fc.constantFrom("gw", "gw2"),
      token: fc.constantFrom(...PANEL_TOKENS, ...PANEL_TOKENS, null, undefined, undefined),
      storePrompts: fc.constantFrom(true, false, undefined),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      call: fc.constantFrom("disable", "forget", "fix"),
      id: fc.constantFrom(...IDS),
    }),
  },
  fc.record({ call: fc.constant("setMirror" as const), on: fc.boolean() }),
  fc.record({ call: fc.constantFrom("undo", "restart") }),
  {
    weight: 7,
    arbitrary: fc.record({
      call: fc.constant("edit" as const),
      id: fc.constantFrom(...IDS),
      edit: handEdit,
    }),
  },
);
type Action = typeof action extends fc.Arbitrary<infer Each> ? Each : never;

const ownHeaders = fc.constantFrom(
  {},
  { "X-Team": "a" },
  { "cf-aig-authorization": "Bearer mine" },
  { "CF-AIG-Authorization": "mine", "X-Team": "a", "cf-aig-authorization": "Bearer mine" },
);

const scenario = fc.record({
  withSettings: fc.boolean(),
  mirror: fc.boolean(),
  hasBaseUrl: fc.boolean(),
  headers: fc.tuple(
    fc.option(ownHeaders),
    fc.option(ownHeaders),
    fc.option(ownHeaders),
    fc.option(ownHeaders),
  ),
  actions: fc.array(action, { minLength: 3, maxLength: 12 }),
  last: fc.constantFrom("disable", "forget"),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer Each> ? Each : never;

/** The values that must be restored in the end; null if the edits have destroyed them. */
interface Own {
  baseUrl: string | undefined | null;
  headers: readonly string[] | null;
  /** The block no longer declares a gateway base URL as mirrored. */
  isUnmarked: boolean;
}

/** Returns the violations. */
async function run(
  home: string,
  { withSettings, mirror, last, ...given }: Scenario,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const file = join(home, "providers.jsonc");
  const own = new Map<string, Own>();
  const [openai, xai, openrouter, acme] = given.headers.map((headers) =>
    headers === null ? {} : { headers },
  );
  const start = {
    openai: {
      apiKey: "k",
      ...(given.hasBaseUrl ? { baseUrl: "https://eu.api.openai.com/v1" } : {}),
      ...openai,
    },
    xai: { apiKey: "k", ...xai },
    openrouter: { apiKey: "k", ...openrouter },
    acme: { providerType: "openai-compatible", baseUrl: "https://a.acme.example/v1", ...acme },
  };
  await writeFile(file, JSON.stringify(start));
  for (const id of IDS) {
    const { baseUrl } = { baseUrl: undefined, ...start[id] };
    own.set(id, { baseUrl, headers: tokenHeaders(start[id]), isUnmarked: false });
  }

  const open = (): CloudflareGateway =>
    openCloudflareGateway({
      home,
      env: {},
      log: { info: () => undefined, warn: () => undefined },
      mirror,
      ...(withSettings ? { settingsFile: join(home, "settings.json") } : {}),
    });
  let gateway = open();
  const written = new Set<string>();
  let hasForgotten = false;
  const read = () => readFile(file, "utf8");

  /** Calls may fail because of the edits, but never with these codes. */
  const check = (result: Awaited<ReturnType<CloudflareGateway["undo"]>>): void => {
    if (!result.success && NEVER.has(result.error.code)) wrong.push(result.error.code);
  };

  const carryOut = async (each: Action): Promise<void> => {
    switch (each.call) {
      case "enable": {
        const { id, accountId, gatewayName, token, storePrompts } = each;
        const details = {
          accountId,
          gatewayName,
          ...(token === undefined ? {} : { token }),
          ...(storePrompts === undefined ? {} : { storePrompts }),
          ...(id === "acme" ? { segment: "custom-acme" } : {}),
        };
        const before = await read();
        const enabled = await gateway.enable(id, details);
        const after = await read();
        // If OpenRouter has its own header, that stays and no token is written.
        const isNewIn = (
          held: (text: string) => { readonly includes: (token: string) => boolean },
        ) => token && held(after).includes(token) && !held(before).includes(token);
        if (token && (isNewIn((text) => text) || isNewIn(tokensOfBlocks))) written.add(token);
        check(enabled);
        if (enabled.success && id === "openrouter") wrong.push(...secretsInOpenRouter(after));
        return;
      }
      case "disable":
      case "forget": {
        const done = await gateway[each.call](each.id);
        check(done);
        if (done.success && each.id === "openrouter") {
          wrong.push(...secretsInOpenRouter(await read()));
        }
        return;
      }
      case "fix": {
        const view = await gateway.providers();
        const shown = view.success ? view.data.providers.find(({ id }) => id === each.id) : null;
        for (const { fix } of shown?.notices ?? []) {
          // After this fix, the user has no values of their own.
          if (fix === "adopt_gateway") continue;
          if (fix === undefined) continue;
          check(await gateway.fix(each.id, fix));
          // This fix also removes the user's own header if it is sent to a provider.
          const known = own.get(each.id);
          if (fix === "remove_token_header" && known) known.headers = null;
        }
        return;
      }
      case "setMirror": {
        check(await gateway.setMirror(each.on));
        return;
      }
      case "undo": {
        check(await gateway.undo());
        return;
      }
      case "restart": {
        await gateway.close();
        gateway = open();
        hasForgotten ||= !withSettings;
        return;
      }
      case "edit": {
        const before = await read();
        const change = edited(before, each.id, each.edit);
        if (change === null) return;
        await writeFile(file, change.text);
        const known = own.get(each.id);
        if (known) own.set(each.id, { ...known, ...change.own });
        return;
      }
      default:
        each satisfies never;
    }
  };

  try {
    for (const each of given.actions) await carryOut(each);
    const saved = edited(await read(), "openai", { kind: "mux" });
    await writeFile(file, saved?.text ?? "");
    const inBlocks = tokensOfBlocks(await read());
    const known = new Set([...inBlocks, ...(hasForgotten ? [] : [...written, HAND_TOKEN])]);
    for (const id of IDS) check(await gateway[last](id));
    const text = await read();
    const providers = providersIn(text);
    for (const id of IDS) {
      const provider = providers[id] ?? {};
      const headers = tokenHeaders(provider);
      const held = [...known].filter((token) => headers.some((each) => each.includes(token)));
      if (held.length > 0) wrong.push(`${id} has ${held.join()} in ${text}`);
      const mine = own.get(id);
      const left = headers.filter((each) => each.includes("mine"));
      if (mine?.headers && left.join() !== mine.headers.join()) {
        wrong.push(`${id} has the headers ${left.join()} in ${text}`);
      }
      const { baseUrl } = provider;
      const mayStay =
        mine?.isUnmarked && mine.baseUrl === undefined && String(baseUrl).includes("cloudflare");
      if (mine && mine.baseUrl !== null && baseUrl !== mine.baseUrl && !mayStay) {
        wrong.push(`${id} has the base URL ${String(baseUrl)} in ${text}`);
      }
    }
    return wrong;
  } finally {
    await gateway.close();
  }
}

function tokenHeaders(provider: object): readonly string[] {
  return Object.entries(headersOf(provider))
    .filter(([name]) => name.toLowerCase() === "cf-aig-authorization")
    .map(([, value]) => String(value));
}

function secretsInOpenRouter(text: string): readonly string[] {
  const provider = providersIn(text)["openrouter"] ?? {};
  const blocks = [provider["cloudflareGateway"], provider["cloudflareGatewayDisabled"]];
  const secrets = [...PANEL_TOKENS, HAND_TOKEN, "mine"];
  return secrets
    .filter((secret) => JSON.stringify(blocks).includes(secret))
    .map((secret) => `OpenRouter's block has ${secret} in ${text}`);
}

test(
  "leaves no token and restores own values when users edit the file",
  async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const home = await mkdtemp(join(tmpdir(), "hand-edits-"));
        try {
          expect(await run(home, given)).toEqual([]);
        } finally {
          await removeDirectory(home);
        }
      }),
      RUNS,
    );
  },
  PATIENCE_MS,
);
