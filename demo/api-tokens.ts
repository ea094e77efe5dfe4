/** Checks the token of a request before a route is served. */
import type { AccountState, DemoApiToken, DemoPermission } from "./account-state";
import { API_REFUSALS, refused } from "./api-answers";

/** A header with other characters in its token is malformed. */
const BEARER = /^Bearer ([\w.~+/-]+=*)$/;

/** The secret of a request, or null when its header is missing or malformed. */
export function secretOf(headers: Headers): string | null {
  return BEARER.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}

/** The other permissions that a permission includes. */
const INCLUDED: Readonly<Partial<Record<DemoPermission, readonly DemoPermission[]>>> = {
  "AI Gateway Edit": ["AI Gateway Read", "AI Gateway Metadata Read"],
  "AI Gateway Read": ["AI Gateway Metadata Read"],
};

/** Whether a token has one of these permissions. */
export function may(token: DemoApiToken, needed: readonly DemoPermission[]): boolean {
  const held = new Set(token.permissions.flatMap((one) => [one, ...(INCLUDED[one] ?? [])]));
  return needed.some((permission) => held.has(permission));
}

/**
 * Cloudflare's answer about a token itself. `accountId` is null at the user's endpoint, which does
 * not know the tokens of accounts.
 */
export function verified(token: DemoApiToken | undefined, accountId: string | null): Response {
  const asked = accountId === null ? "user" : "account";
  if (!token || token.ownedBy !== asked) return refused(API_REFUSALS.token);
  if (accountId !== null && !token.accounts.includes(accountId)) return refused(API_REFUSALS.token);
  const isActive = token.status === "active";
  const messages = [
    { code: 10000, message: `This API Token is valid and ${token.status}`, type: null },
  ];
  return Response.json({
    success: true,
    errors: [],
    messages: isActive ? messages : [],
    result: {
      id: token.id,
      status: token.status,
      ...(token.expiresOn === undefined ? {} : { expires_on: token.expiresOn }),
    },
  });
}

/** The active token with this secret, or undefined. A token's own check does not use this. */
export function activeToken(state: AccountState, secret: string): DemoApiToken | undefined {
  const token = state.tokens.get(secret);
  return token?.status === "active" ? token : undefined;
}
