/** Cloudflare's analytics of AI Gateway, over GraphQL. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import type { Api } from "./api";

/** Which fields this token may see; one more field fails a whole query. */
const FIELDS_QUERY = `query ($a: string!) {
  viewer { accounts(filter: {accountTag: $a}) { settings {
    aiGatewayRequestsAdaptiveGroups { enabled availableFields maxDuration notOlderThan }
  } } }
}`;

/**
 * The names of the fields that the token may see, such as `sum_cost`. Fails with
 * `api_permission_missing` if it may see none.
 */
export async function asksAnalytics(
  api: Api,
  accountId: string,
  signal: AbortSignal,
): Promise<Result<readonly string[]>> {
  const answer = await graphql(api, accountId, FIELDS_QUERY, { a: accountId }, signal);
  // The message for a missing permission is not documented, and no other error is expected here.
  if (!answer.success) {
    return answer.error.code === "api_refused" ? withoutAnalytics(accountId) : answer;
  }
  const parsed = api.schemas.analyticsFields.safeParse(answer.data);
  if (!parsed.success) return failure("api_answer_unreadable", { status: 200 });
  const found = parsed.data.viewer.accounts[0]?.settings.aiGatewayRequestsAdaptiveGroups;
  if (found === undefined || found.enabled === false || found.availableFields.length === 0) {
    return withoutAnalytics(accountId);
  }
  return success(found.availableFields);
}

/** The data of a query. Its `errors` are a failure, although the status is 200. */
export async function graphql(
  api: Api,
  accountId: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const answer = await api.raw({
    method: "POST",
    path: ["graphql"],
    body: { query, variables },
    asked: { permission: "Account Analytics Read", accountId, what: "analytics" },
    signal,
  });
  if (!answer.success) return answer;
  const parsed = api.schemas.graphql.safeParse(parseJson(answer.data.text));
  if (!parsed.success) return failure("api_answer_unreadable", { status: answer.data.status });
  const [error] = parsed.data.errors ?? [];
  if (error !== undefined) {
    const said = api.schemas.error.safeParse(error).data?.message ?? null;
    return failure("api_refused", {
      status: answer.data.status,
      said: said === null ? null : api.shown(said),
    });
  }
  return success(parsed.data.data);
}

function withoutAnalytics(accountId: string) {
  const permission = "Account Analytics Read";
  return failure("api_permission_missing", { permission, account: accountId });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
