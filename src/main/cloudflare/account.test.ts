/** Connects to an account over a real proxy, and lists what the token sees. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { failure } from "../../shared/errors";
import { success } from "../../shared/result";
import { recordingLog } from "../proof/testing/provider";
import type { SecretStore } from "./secret-store";
import {
  ACCOUNT_ID,
  API_TOKEN,
  GATEWAY_ROW,
  json,
  ok,
  openApiServer,
  OTHER_ACCOUNT_ID,
  refused,
  type ApiServer,
} from "./testing/api-server";
import { openTestAccount, routedIn, type TestAccount } from "./testing/open-account";

let server: ApiServer;
let account: TestAccount;
const log = recordingLog();

beforeAll(async () => {
  server = await openApiServer();
});
beforeEach(async () => {
  account = await open();
});
afterEach(async () => {
  await account.close();
  server.reset();
});
afterAll(() => server.close());

type Options = NonNullable<Parameters<typeof openTestAccount>[1]>;

function open({ env = server.env, ...options }: Options = {}): Promise<TestAccount> {
  return openTestAccount(env, { log, ...options });
}

function memoryStore(
  stored: string | null = null,
  isAvailable = true,
): SecretStore & { value: string | null } {
  const store = {
    value: stored,
    isAvailable: async () => isAvailable,
    get: async () => store.value,
    set: async (secret: string) => {
      if (!isAvailable) return failure("secrets_unavailable");
      store.value = secret;
      return success(null);
    },
    delete: async () => {
      store.value = null;
      return success(null);
    },
  };
  return store;
}

const VERIFY = "GET /user/tokens/verify";
const OF_ACCOUNT = `GET /accounts/${ACCOUNT_ID}/tokens/verify`;
const GATEWAYS = `GET /accounts/${ACCOUNT_ID}/ai-gateway/gateways`;
const entered = { token: API_TOKEN, remember: false };
const data = async <T>(result: Promise<{ success: boolean; data?: T; error?: unknown }>) => {
  const done = await result;
  if (!done.success || done.data === undefined) throw new Error(JSON.stringify(done.error));
  return done.data;
};
const code = async (result: Promise<{ success: boolean; error?: { code: string } }>) => {
  const done = await result;
  return done.success ? "success" : done.error?.code;
};

describe("a connection", () => {
  it("sends nothing before the user connects", async () => {
    const env = { ...server.env, CLOUDFLARE_API_TOKEN: API_TOKEN };
    await using(open({ env }), async (own) => {
      expect(await data(own.status())).toEqual({
        changes: 0,
        token: null,
        problem: null,
        hasEnvironmentToken: true,
        canRemember: false,
        rememberProblem: null,
        missing: [],
      });
      expect(await code(own.accounts())).toBe("account_not_connected");
    });
    expect(server.requests()).toEqual([]);
  });

  it("verifies a user's token and says when it expires", async () => {
    expect(await data(account.connect(entered))).toMatchObject({
      token: { source: "entered", expiresOn: "2027-01-01T00:00:00.000Z" },
      missing: [],
    });
    expect(server.requests().every(({ host }) => host === "api.cloudflare.com")).toBe(true);
    expect(server.requests()[0]?.headers["authorization"]).toBe(`Bearer ${API_TOKEN}`);
  });

  it.each([
    ["an account in the file", routedIn(ACCOUNT_ID), {}],
    ["the token's own account", {}, {}],
    [
      "the token's own account after a stranger's in the file",
      routedIn(OTHER_ACCOUNT_ID),
      { [`GET /accounts/${OTHER_ACCOUNT_ID}/tokens/verify`]: refused(403, 10000) },
    ],
  ])("verifies an account-owned token at %s", async (_, known, extra) => {
    server.reply({
      [VERIFY]: refused(401, 1000),
      [OF_ACCOUNT]: ok({ status: "active" }),
      ...extra,
    });
    await using(open({ providers: known }), async (own) => {
      expect(await data(own.connect(entered))).toMatchObject({ token: { expiresOn: null } });
    });
  });

  it("waits for a token that was just made", async () => {
    let asked = 0;
    server.reply({
      [VERIFY]: () => (++asked < 4 ? refused(401, 1000) : ok({ status: "active" })),
      "GET /accounts": () => (asked < 4 ? refused(403, 10000) : ok([{ id: ACCOUNT_ID }])),
    });
    expect(await code(account.connect(entered))).toBe("success");
  });

  it.each([
    ["an unknown token", refused(401, 1000), "api_token_not_active"],
    ["a disabled token", ok({ status: "disabled" }), "api_token_disabled"],
    ["an expired token", ok({ status: "expired" }), "api_token_expired"],
    [
      "a token past its time",
      ok({ status: "active", expires_on: "2020-01-01T00:00:00Z" }),
      "api_token_expired",
    ],
    [
      "a token before its time",
      ok({ status: "active", not_before: "2999-01-01T00:00:00Z" }),
      "api_token_not_before",
    ],
    ["an unknown status", ok({ status: "new" }), "api_token_not_active"],
  ])("refuses %s", async (_, reply, expected) => {
    server.reply({ [VERIFY]: reply, "GET /accounts": refused(403, 10000) });
    expect(await code(account.connect(entered))).toBe(expected);
    expect(await data(account.status())).toMatchObject({ token: null });
  });

  it.each([
    ["", "is empty"],
    ["short", "5 characters"],
    ["two words-of-a-token", "space"],
    ["tökën-with-letters", "character"],
    ["line\nbreak-in-token", "line break"],
    ["a".repeat(37).replaceAll("a", "0123456789abcdef").slice(0, 37), "global API key"],
  ])("refuses the text %j before anything is sent", async (token, words) => {
    const result = await account.connect({ token, remember: false });
    expect(result).toMatchObject({
      success: false,
      error: { code: "api_token_invalid", message: expect.stringContaining(words) },
    });
    expect(server.requests()).toEqual([]);
  });

  it("sends nothing while certificates are not checked", async () => {
    const env = { ...server.env, NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    await using(open({ env }), async (own) => {
      expect(await code(own.connect(entered))).toBe("api_tls_unchecked");
    });
    expect(server.requests()).toEqual([]);
  });

  it.each([
    ["AI Gateway Read", { [GATEWAYS]: refused(403, 10000) }],
    ["Account Settings Read", { "GET /accounts": ok([]) }],
    [
      "Account Analytics Read",
      { "POST /graphql": json(200, { data: null, errors: [{ message: "not authorized" }] }) },
    ],
  ])("names the missing permission %s", async (permission, replies) => {
    server.reply(replies);
    await using(open({ providers: routedIn(ACCOUNT_ID) }), async (own) => {
      expect(await data(own.connect(entered))).toMatchObject({ missing: [permission] });
    });
  });

  it("keeps the earlier token when another one is refused", async () => {
    await account.connect(entered);
    server.reply({ [VERIFY]: refused(401, 1000), "GET /accounts": refused(401, 10000) });
    expect(await code(account.connect({ ...entered, token: "another-token" }))).toBe(
      "api_token_not_active",
    );
    expect(await data(account.status())).toMatchObject({ token: { source: "entered" } });
    expect(await account.hasToken(API_TOKEN)).toBe(true);
  });

  it("is not made with a token that the file holds", async () => {
    const cloudflareGateway = {
      accountId: ACCOUNT_ID,
      gatewayName: "my-gateway",
      token: API_TOKEN,
    };
    await account.write({ openai: { apiKey: "sk-1", cloudflareGateway } });
    expect(await code(account.connect(entered))).toBe("api_token_saved");
    await account.write({ openai: { headers: { "cf-aig-authorization": `Bearer ${API_TOKEN}` } } });
    expect(await code(account.connect(entered))).toBe("api_token_saved");
    expect(server.calls()).toEqual([]);
    await account.write({});
    expect(await code(account.connect(entered))).toBe("success");
  });

  it("reports a token that is revoked while it is in use", async () => {
    await account.connect(entered);
    const revoked = refused(401, 10000);
    server.reply({ [VERIFY]: refused(401, 1000), "GET /accounts": revoked, [GATEWAYS]: revoked });
    expect(await code(account.gateways({ accountId: ACCOUNT_ID }))).toBe("api_token_unknown");
    expect(await data(account.status())).toMatchObject({ problem: { code: "api_token_unknown" } });
  });

  it("ends a connect that is waiting when the user disconnects", async () => {
    server.reply({ [VERIFY]: refused(401, 1000), "GET /accounts": refused(401, 10000) });
    await using(open({ pausesMs: [60_000] }), async (own) => {
      const connecting = own.connect(entered);
      while (server.calls().length < 2) await new Promise((resolve) => setImmediate(resolve));
      await own.disconnect();
      expect(await code(connecting)).toBe("account_not_connected");
    });
  });
});

it("stays disconnected when the user disconnects before a token was looked for in the file", async () => {
  await using(open(), async (own) => {
    const connecting = own.connect(entered);
    const disconnecting = own.disconnect();
    expect(await code(connecting)).toBe("account_not_connected");
    expect(await data(disconnecting)).toMatchObject({ token: null });
    expect(await data(own.status())).toMatchObject({ token: null });
    expect(await code(own.accounts())).toBe("account_not_connected");
  });
});

it("uses the later of two tokens when both are entered at once", async () => {
  await using(open(), async (own) => {
    const first = own.connect({ ...entered, token: `${API_TOKEN}-1` });
    const second = own.connect({ ...entered, token: `${API_TOKEN}-2` });
    expect(await code(first)).toBe("account_not_connected");
    expect(await code(second)).toBe("success");
    expect(own.secretsNow()).toEqual([`${API_TOKEN}-2`]);
  });
});

it("tells of a change only after the store has saved or deleted the token", async () => {
  const secrets = memoryStore();
  const told: (string | null)[] = [];
  const slow: SecretStore = {
    ...secrets,
    set: async (secret) => {
      await new Promise((resolve) => setImmediate(resolve));
      return secrets.set(secret);
    },
    delete: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return secrets.delete();
    },
  };
  const onChange = () => void told.push(secrets.value);
  await using(open({ secrets: slow, onChange }), async (own) => {
    await own.connect({ ...entered, remember: true });
    await own.disconnect();
    expect(told).toEqual([API_TOKEN, null]);
  });
});

describe("a remembered token", () => {
  it("is stored only when asked, used again, and forgotten by disconnecting", async () => {
    const secrets = memoryStore();
    await using(open({ secrets }), async (own) => {
      await own.connect(entered);
      expect(secrets.value).toBe(null);
      expect(await data(own.connect({ ...entered, remember: true }))).toMatchObject({
        canRemember: true,
        rememberProblem: null,
      });
      expect(secrets.value).toBe(API_TOKEN);
    });
    await using(open({ secrets }), async (own) => {
      expect(await data(own.status())).toMatchObject({
        token: { source: "stored", expiresOn: "2027-01-01T00:00:00.000Z" },
      });
      expect(await code(own.accounts())).toBe("success");
      expect(await data(own.disconnect())).toMatchObject({ token: null });
      expect(secrets.value).toBe(null);
    });
  });

  it("is never one from the environment", async () => {
    const secrets = memoryStore();
    const env = { ...server.env, CLOUDFLARE_API_TOKEN: ` ${API_TOKEN}\n` };
    await using(open({ secrets, env }), async (own) => {
      const token = { from: "environment" } as const;
      expect(await data(own.connect({ token, remember: true }))).toMatchObject({
        token: { source: "environment" },
      });
      expect(secrets.value).toBe(null);
    });
  });

  it("is refused with a reason where nothing can be encrypted", async () => {
    await using(open({ secrets: memoryStore(null, false) }), async (own) => {
      expect(await data(own.connect({ ...entered, remember: true }))).toMatchObject({
        token: { source: "entered" },
        canRemember: false,
        rememberProblem: { code: "secrets_unavailable" },
      });
    });
  });

  it("stays connected while Cloudflare cannot be reached", async () => {
    server.reply({ [VERIFY]: { hangUp: true } });
    await using(open({ secrets: memoryStore(API_TOKEN) }), async (own) => {
      expect(await data(own.status())).toMatchObject({
        token: { source: "stored", expiresOn: null },
        problem: { code: "api_unreachable" },
      });
    });
  });

  it("survives a store that throws", async () => {
    const broken = async () => Promise.reject(new Error(API_TOKEN));
    const secrets: SecretStore = { get: broken, set: broken, delete: broken };
    await using(open({ secrets }), async (own) => {
      expect(await data(own.connect({ ...entered, remember: true }))).toMatchObject({
        rememberProblem: { code: "secret_not_saved" },
      });
    });
    expect(JSON.stringify(log.lines)).not.toContain(API_TOKEN);
  });

  it("is not used when the store never answers, which neither hides nor blocks the panel", async () => {
    const never = async () => new Promise<never>(() => undefined);
    const secrets: SecretStore = { get: never, set: never, delete: never, isAvailable: never };
    await using(open({ secrets, storeLimitMs: 5 }), async (own) => {
      expect(await data(own.status())).toMatchObject({ token: null, canRemember: false });
      expect(await data(own.connect({ ...entered, remember: true }))).toMatchObject({
        token: { source: "entered" },
        rememberProblem: { code: "secret_not_saved" },
      });
      expect(await code(own.disconnect())).toBe("secret_not_deleted");
      expect(await data(own.status())).toMatchObject({ token: null });
    });
  });

  it("that could not be deleted is reported until it is", async () => {
    const secrets = memoryStore();
    let isBroken = true;
    const locked: SecretStore = {
      ...secrets,
      delete: async () =>
        isBroken ? failure("file_permission", { file: "f", doing: "written" }) : secrets.delete(),
    };
    await using(open({ secrets: locked }), async (own) => {
      await own.connect({ ...entered, remember: true });
      expect(await code(own.disconnect())).toBe("secret_not_deleted");
      const after = await data(own.status());
      expect(after).toMatchObject({ token: null, rememberProblem: { code: "secret_not_deleted" } });
      isBroken = false;
      expect(await data(own.disconnect())).toMatchObject({ token: null, rememberProblem: null });
      expect(secrets.value).toBe(null);
    });
  });
});

describe("the accounts of a token", () => {
  it("are listed by name, made harmless", async () => {
    server.reply({
      "GET /accounts": ok([
        { id: ACCOUNT_ID, name: `a\u202eb ${API_TOKEN} ${"long ".repeat(100)}` },
        { id: OTHER_ACCOUNT_ID },
        { id: "../../user", name: "no ID" },
        "not an object",
      ]),
    });
    await account.connect(entered);
    const { accounts, isComplete } = await data(account.accounts());
    expect(isComplete).toBe(true);
    expect(accounts.map(({ accountId }) => accountId)).toEqual([ACCOUNT_ID, OTHER_ACCOUNT_ID]);
    expect(accounts[0]?.name).toMatch(/^a\[U\+202E\]b \[redacted\] long /);
    expect(accounts[0]?.name?.length).toBe(200);
    expect(accounts[1]?.name).toBe(null);
  });

  it.each([
    ["empty", ok([])],
    ["a refusal", refused(403, 10000)],
  ])("come from the memberships when the list of accounts is %s", async (_, reply) => {
    server.reply({
      "GET /accounts": reply,
      "GET /memberships": ok([{ id: "m", account: { id: ACCOUNT_ID, name: "Ada" } }]),
    });
    await account.connect(entered);
    expect(await data(account.accounts())).toEqual({
      accounts: [{ accountId: ACCOUNT_ID, name: "Ada" }],
      isComplete: false,
    });
  });

  it("are unknown when the token names none", async () => {
    server.reply({ "GET /accounts": ok([]) });
    await account.connect(entered);
    expect(await data(account.accounts())).toEqual({ accounts: [], isComplete: false });
  });
});

describe("the gateways of an account", () => {
  it("are read from all pages", async () => {
    const all = Array.from({ length: 120 }, (_, at) => ({ ...GATEWAY_ROW, id: `gateway-${at}` }));
    server.reply({
      [GATEWAYS]: ({ url }) => {
        const query = new URL(url).searchParams;
        const [page, size] = [Number(query.get("page")), Number(query.get("per_page"))];
        const info = { page, per_page: size, total_count: 120 };
        return ok(all.slice((page - 1) * size, page * size), info);
      },
    });
    await account.connect(entered);
    const { gateways } = await data(account.gateways({ accountId: ACCOUNT_ID }));
    expect(gateways.map(({ gatewayName }) => gatewayName)).toEqual(all.map(({ id }) => id));
  });

  it("do not page without end", async () => {
    const page = Array.from({ length: 50 }, (_, at) => ({ ...GATEWAY_ROW, id: `g-${at}` }));
    server.reply({ [GATEWAYS]: ok(page) });
    await account.connect(entered);
    const before = server.calls().length;
    await account.gateways({ accountId: ACCOUNT_ID });
    expect(server.calls().length - before).toBe(20);
  });

  it("are refused for a text that is not an account ID", async () => {
    await account.connect(entered);
    const before = server.calls().length;
    expect(await code(account.gateways({ accountId: "../user" }))).toBe("account_id_invalid");
    expect(server.calls()).toHaveLength(before);
  });
});

async function using(
  opening: Promise<TestAccount>,
  use: (own: TestAccount) => Promise<void>,
): Promise<void> {
  const own = await opening;
  try {
    await use(own);
  } finally {
    await own.close();
  }
}
