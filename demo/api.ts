/** The stand-in for `api.cloudflare.com`: the account whose gateways the gateway's stand-in serves. */
import type {
  AccountState,
  DemoAccount,
  DemoApiToken,
  DemoDomain,
  DemoLogRow,
} from "./account-state";
import { history } from "./account-history";
import { analytics, type AnalyticsOptions } from "./api-analytics";
import { API_REFUSALS, paged, refused } from "./api-answers";
import { createApiScript, misbehave, type ApiScript } from "./api-behaviour";
import { ACCOUNT_ROUTES, isAllowed } from "./api-routes";
import { activeToken, may, secretOf, verified } from "./api-tokens";
import type { Answer, Arrival } from "./arrival";
import type { DemoGatewaySettings } from "./cloudflare-rules";

/** The host that the stand-in serves. */
export const API_HOST = "api.cloudflare.com";
const BASE = "/client/v4";

/** Traps of the real API, each of which a test can set. */
export interface ApiSwitches {
  /** The list of accounts is empty, although the token may read them. */
  readonly hidesAccounts: boolean;
  /** The log is kept in Workers Observability: no row is ever found here. */
  readonly keepsLogsElsewhere: boolean;
  /** The attempt at which a row is first found. */
  readonly rowsAppearAt: number;
  /** The gateways' logs contain requests of the past weeks. */
  readonly hasHistory: boolean;
  readonly analytics: AnalyticsOptions;
}

export const USUAL_SWITCHES: ApiSwitches = {
  hidesAccounts: false,
  keepsLogsElsewhere: false,
  rowsAppearAt: 1,
  hasHistory: false,
  analytics: { sums: "documented", delayMs: 180_000 },
};

/** Controls the account and its API. */
export interface ApiControls extends ApiScript {
  readonly set: (switches: Partial<ApiSwitches>) => void;
  readonly setAccount: (account: DemoAccount) => void;
  readonly setToken: (secret: string, token: Partial<DemoApiToken>) => void;
  /** The API does not know the token any more. */
  readonly revokeToken: (secret: string) => void;
  /** The API refuses the token for this many requests, like one that was just created. */
  readonly delayToken: (secret: string, requests: number) => void;
  readonly setDomain: (domain: DemoDomain) => void;
  /** The requests to the gateways, oldest first. */
  readonly rows: readonly DemoLogRow[];
  /** Changes every JSON answer before it is sent; null: none. */
  readonly rewrite: (change: ((body: unknown, path: string) => unknown) | null) => void;
}

export interface Api {
  readonly controls: ApiControls;
  readonly answer: (arrival: Arrival) => Promise<Answer>;
}

/** Opens the stand-in. It reads and writes only the state. */
export function openApi(state: AccountState): Api {
  const script = createApiScript();
  const delays = new Map<string, number>();
  const attempts = new Map<string, number>();
  let switches = USUAL_SWITCHES;
  let change: ((body: unknown, path: string) => unknown) | null = null;

  function rowsOf(gateway: DemoGatewaySettings): readonly DemoLogRow[] {
    const { accountId, name: gatewayName, traffic } = gateway;
    if (switches.keepsLogsElsewhere) return [];
    const past =
      switches.hasHistory && traffic
        ? history({ accountId, gatewayName, ...traffic }, state.now())
        : [];
    const own = state.rows.filter(
      (row) => row.accountId === accountId && row.gatewayName === gatewayName,
    );
    const isVisible = ({ id }: DemoLogRow) =>
      switches.rowsAppearAt <= Math.max(1, attempts.get(id) ?? 0);
    return [...past, ...own.filter(isVisible)];
  }

  function hasAppeared(id: string): boolean {
    return (attempts.get(id) ?? 0) >= switches.rowsAppearAt;
  }

  function usual({ method, url, headers, body }: Arrival): Response {
    const path = url.pathname.startsWith(BASE) ? url.pathname.slice(BASE.length) : null;
    const secret = secretOf(headers);
    if (secret === null) return refused(API_REFUSALS.header);
    const isDelayed = countDown(delays, secret);
    const known = isDelayed ? undefined : state.tokens.get(secret);
    const verify = /^(?:\/user|\/accounts\/([^/]+))\/tokens\/verify$/.exec(path ?? "");
    if (verify && method === "GET") return verified(known, verify[1] ?? null);
    const token = isDelayed ? undefined : activeToken(state, secret);
    if (!token) return refused(API_REFUSALS.permission);
    if (path === "/graphql" && method === "POST") {
      const rows = (accountId: string) =>
        [...state.gateways.values()]
          .filter((gateway) => gateway.accountId === accountId)
          .flatMap(rowsOf);
      return analytics(body, token, rows, { state, options: switches.analytics });
    }
    if (path === "/accounts" && method === "GET") return accounts(token, url.searchParams);
    const [, accountId = "", rest = ""] = /^\/accounts\/([^/]+)(\/.+)$/.exec(path ?? "") ?? [];
    if (!/^[0-9a-f]{32}$/.test(accountId)) return refused(API_REFUSALS.route);
    if (!token.accounts.includes(accountId)) return refused(API_REFUSALS.permission);
    const found = ACCOUNT_ROUTES.find((one) => one.method === method && one.path.test(rest));
    if (!found) return refused(API_REFUSALS.route);
    if (!isAllowed(token, found)) return refused(API_REFUSALS.permission);
    const parts = (found.path.exec(rest) ?? []).slice(1).map(decoded);
    const [, id] = parts;
    if (id !== undefined) attempts.set(id, (attempts.get(id) ?? 0) + 1);
    const query = url.searchParams;
    return found.answer({ state, token, accountId, parts, query, body, rowsOf, hasAppeared });
  }

  /** A token without the permission gets an empty list, and no error. */
  function accounts(token: DemoApiToken, query: URLSearchParams): Response {
    const isShown = !switches.hidesAccounts && may(token, ["Account Settings Read"]);
    const own = [...state.accounts.values()].filter(({ id }) => token.accounts.includes(id));
    const shown = own.map(({ id, name }) => ({
      id,
      name: name ?? undefined,
      type: "standard",
      settings: { enforce_twofactor: false },
      created_on: "2024-03-01T12:21:02.000000Z",
    }));
    return paged(isShown ? shown : [], query, 50);
  }

  async function changed(response: Response, path: string): Promise<Response> {
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    if (!change || !isJson) return response;
    const body = JSON.stringify(change(await response.json(), path));
    return new Response(body, { status: response.status, headers: response.headers });
  }

  return {
    controls: {
      ...script,
      set: (wanted) => {
        switches = { ...switches, ...wanted };
      },
      setAccount: (account) => {
        state.accounts.set(account.id, account);
      },
      setToken: (secret, token) => {
        const before = state.tokens.get(secret);
        state.tokens.set(secret, {
          id: "ed17574386854bf78a67040be0a770b0",
          status: "active",
          permissions: [],
          accounts: [],
          ownedBy: "user",
          ...before,
          ...token,
        });
      },
      revokeToken: (secret) => {
        state.tokens.delete(secret);
      },
      delayToken: (secret, requests) => {
        delays.set(secret, requests);
      },
      setDomain: (domain) => {
        state.domains.push(domain);
      },
      get rows() {
        return [...state.rows];
      },
      rewrite: (wanted) => {
        change = wanted;
      },
    },
    answer: async (arrival) => {
      const path = `${arrival.url.pathname}${arrival.url.search}`;
      const behaviour = script.next(path);
      const normal = async () => usual(arrival);
      const response = behaviour ? await misbehave(behaviour, arrival, normal) : await normal();
      return { response: await changed(response, path), answeredBy: "api", forwarded: null };
    },
  };
}

/** Decrements a count, and tells whether it was above zero. */
function countDown(counts: Map<string, number>, name: string): boolean {
  const left = counts.get(name) ?? 0;
  counts.set(name, left - 1);
  return left > 0;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
