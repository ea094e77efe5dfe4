/** The routes of Cloudflare's API: what each one needs, and what it answers. */
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import {
  gatewayAddress,
  putCustomProvider,
  type AccountState,
  type DemoApiToken,
  type DemoCustomProvider,
  type DemoLogRow,
  type DemoPermission,
} from "./account-state";
import { API_REFUSALS, inputError, paged, refused, result } from "./api-answers";
import {
  gatewayFrom,
  newCustomProviderSchema,
  newGatewaySchema,
  shownGateway,
} from "./api-gateway-fields";
import { listedRows, shownRowAlone } from "./api-logs";
import { may } from "./api-tokens";
import { SEGMENTS, type DemoGatewaySettings } from "./cloudflare-rules";

export interface ApiCall {
  readonly state: AccountState;
  readonly token: DemoApiToken;
  /** Empty for a route outside an account. */
  readonly accountId: string;
  /** The rest of the path's variable parts, decoded. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
  /** All rows of a gateway, including its history. */
  readonly rowsOf: (gateway: DemoGatewaySettings) => readonly DemoLogRow[];
  /** Counts an attempt to read a row, and tells whether the row can be read. */
  readonly hasAppeared: (id: string) => boolean;
}

export interface ApiRoute {
  readonly method: "GET" | "POST";
  /** Matches the path after the account. */
  readonly path: RegExp;
  /** The token needs one of these permissions. */
  readonly needs: readonly DemoPermission[];
  readonly answer: (call: ApiCall) => Response;
}

const GATEWAY = "/ai-gateway/gateways/([^/]+)";

/** Routes of `/accounts/{account}`. */
export const ACCOUNT_ROUTES: readonly ApiRoute[] = [
  route("GET", "/ai-gateway/gateways", ["AI Gateway Read"], ({ state, accountId, query }) => {
    const search = query.get("search") ?? "";
    const own = [...state.gateways.values()].filter(
      (gateway) => gateway.accountId === accountId && gateway.name.includes(search),
    );
    return paged(own.map(shownGateway), query, 50);
  }),
  route("POST", "/ai-gateway/gateways", ["AI Gateway Edit"], createGateway),
  route("GET", GATEWAY, ["AI Gateway Read"], (call) =>
    withGateway(call, (gateway) => result(shownGateway(gateway))),
  ),
  route("GET", `${GATEWAY}/url/([^/]+)`, ["AI Gateway Read"], (call) =>
    withGateway(call, ({ accountId, name }) => {
      const [, segment = ""] = call.parts;
      const isKnown = SEGMENTS.has(segment) || segment.startsWith("custom-");
      const url = `https://gateway.ai.cloudflare.com/v1/${accountId}/${name}/${segment}`;
      return isKnown ? result(url) : refused(API_REFUSALS.object);
    }),
  ),
  route("GET", `${GATEWAY}/custom-domains`, ["AI Gateway Read"], (call) =>
    withGateway(call, ({ accountId, name }) =>
      result(
        call.state.domains
          .filter((domain) => domain.accountId === accountId && domain.gatewayName === name)
          .map(({ hostname, status }) => ({
            hostname,
            gateway_id: name,
            status,
            cname_target: `${name}.cdn.cloudflare.net`,
            created_at: "2026-10-05T08:00:00.000Z",
            modified_at: "2026-10-05T08:05:00.000Z",
          })),
      ),
    ),
  ),
  route("GET", `${GATEWAY}/logs`, ["AI Gateway Metadata Read"], (call) =>
    withGateway(call, (gateway) => listedRows(call.rowsOf(gateway), call.query)),
  ),
  route("GET", `${GATEWAY}/logs/([^/]+)`, ["AI Gateway Read"], (call) =>
    withRow(call, shownRowAlone),
  ),
  ...(["request", "response"] as const).map((body) =>
    route("GET", `${GATEWAY}/logs/([^/]+)/${body}`, ["AI Gateway Read"], (call) =>
      withRow(call, (row) =>
        row[body] === null
          ? refused(API_REFUSALS.object)
          : new Response(row[body], { headers: { "content-type": "application/json" } }),
      ),
    ),
  ),
  route(
    "GET",
    "/ai-gateway/custom-providers",
    ["AI Gateway Read"],
    ({ state, accountId, query }) => {
      const search = query.get("search") ?? "";
      const own = [...state.customProviders.values()].filter(
        (provider) =>
          provider.accountId === accountId &&
          `${provider.name} ${provider.slug}`.includes(search) &&
          (query.get("enable") ?? String(provider.enable)) === String(provider.enable),
      );
      return paged(own.map(shownCustomProvider), query, 100);
    },
  ),
  route("POST", "/ai-gateway/custom-providers", ["AI Gateway Edit"], createCustomProvider),
];

function route(
  method: ApiRoute["method"],
  path: string,
  needs: ApiRoute["needs"],
  answer: ApiRoute["answer"],
): ApiRoute {
  return { method, path: new RegExp(`^${path}$`), needs, answer };
}

function withGateway(
  { state, accountId, parts }: ApiCall,
  answer: (gateway: DemoGatewaySettings) => Response,
): Response {
  const [name = ""] = parts;
  const gateway = state.gateways.get(gatewayAddress({ accountId, name }));
  return gateway ? answer(gateway) : refused(API_REFUSALS.object);
}

function withRow(call: ApiCall, answer: (row: DemoLogRow) => Response): Response {
  return withGateway(call, (gateway) => {
    const [, id = ""] = call.parts;
    const row = call.rowsOf(gateway).find((one) => one.id === id);
    return row && call.hasAppeared(id) ? answer(row) : refused(API_REFUSALS.object);
  });
}

function createGateway({ state, accountId, body }: ApiCall): Response {
  const input = parsedBody(newGatewaySchema, body);
  if (input instanceof Response) return input;
  if (state.gateways.has(gatewayAddress({ accountId, name: input.id }))) {
    return refused({
      status: 409,
      code: 7009,
      message: `A gateway with the id ${input.id} already exists`,
      path: ["body", "id"],
    });
  }
  const token = state.accounts.get(accountId)?.runToken ?? "";
  const gateway = gatewayFrom(input, { accountId, token, at: state.now() });
  state.gateways.set(gatewayAddress(gateway), gateway);
  return result(shownGateway(gateway));
}

function createCustomProvider({ state, accountId, body }: ApiCall): Response {
  const input = parsedBody(newCustomProviderSchema, body);
  if (input instanceof Response) return input;
  const { name, slug, base_url: baseUrl, enable, headers } = input;
  if (state.customProviders.has(`${accountId}/${slug}`)) {
    const message = `A custom provider with the slug ${slug} already exists`;
    return refused({ status: 409, code: 7009, message, path: ["body", "slug"] });
  }
  const createdAt = new Date(state.now()).toISOString();
  const provider: DemoCustomProvider = {
    id: randomUUID(),
    accountId,
    name,
    slug,
    baseUrl,
    enable,
    headers,
    createdAt,
  };
  putCustomProvider(state, provider);
  return result(shownCustomProvider(provider));
}

function shownCustomProvider(provider: DemoCustomProvider): object {
  const { id, name, slug, baseUrl, enable, headers, createdAt } = provider;
  return {
    id,
    name,
    slug,
    base_url: baseUrl,
    enable,
    beta: false,
    description: "",
    link: "",
    logo: "",
    headers,
    created_at: createdAt,
    modified_at: createdAt,
  };
}

/** The input, or the API's error at its first wrong member. */
function parsedBody<T>(schema: z.ZodType<T>, body: string): T | Response {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return refused(inputError(["body"], "Malformed JSON in request body"));
  }
  const input = schema.safeParse(value);
  if (input.success) return input.data;
  const [issue] = input.error.issues;
  const path = (issue?.path ?? []).map((part) => (typeof part === "symbol" ? "" : part));
  return refused(inputError(["body", ...path], issue?.message ?? "Invalid input"));
}

/** Whether the token may use the route. */
export function isAllowed(token: DemoApiToken, { needs }: ApiRoute): boolean {
  return may(token, needs);
}
