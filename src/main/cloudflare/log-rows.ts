/** The numbers in rows of a gateway's log. Prompts, responses, paths and metadata are dropped here. */
import type { LogRow } from "../../shared/account";
import { OWN_TEST_SOURCE } from "../../shared/own-tests";
import type { Row } from "./api-schemas";

/** The numbers of a row. */
export function numbersOf(row: Row<"logRow">): LogRow {
  return {
    status: row.status_code ?? null,
    durationMs: row.duration ?? null,
    tokens: { input: row.tokens_in ?? null, output: row.tokens_out ?? null },
    cost: row.cost ?? null,
    isCached: row.cached ?? null,
    paidWith: payerOf(row),
  };
}

function payerOf({ wholesale, byok }: Row<"logRow">): LogRow["paidWith"] {
  if (wholesale === true) return "unified_billing";
  if (byok === true) return "stored_key";
  return wholesale === false && byok === false ? "own_key" : null;
}

/** The text members of a row's metadata. */
export function metadataOf({ metadata }: Row<"logRow">): ReadonlyMap<string, string> {
  const parsed = typeof metadata === "string" ? parseJson(metadata) : metadata;
  if (typeof parsed !== "object" || parsed === null) return new Map();
  return new Map(
    Object.entries(parsed).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

/** Whether a row is a test of this panel. `hasNonce`: whether this process sent a test with that nonce. */
export function isOwnTest(row: Row<"logRow">, hasNonce: (nonce: string) => boolean): boolean {
  const metadata = metadataOf(row);
  return metadata.get("source") === OWN_TEST_SOURCE || hasNonce(metadata.get("nonce") ?? "");
}

/** Whether a request failed, by its own flag, or by its status without one. */
export function isFailed({ success, status_code: status }: Row<"logRow">): boolean {
  return success === false || (success !== true && (status ?? 0) >= 400);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
