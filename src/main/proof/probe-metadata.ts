/** The metadata by which a probe is found in the gateway's log. */
import { OWN_TEST_SOURCE } from "../../shared/own-tests";
import type { ProviderConfig } from "../mux/provider-config";

export const METADATA_HEADER = "cf-aig-metadata";

/** More are refused (AI Gateway, observability/custom-metadata). */
const MOST_ENTRIES = 5;

/**
 * The header's value: the user's own entries, which their policies may need, and ours as far as there is
 * room. The nonce comes first, because without it no row confirms the probe.
 */
export function probeMetadata(provider: ProviderConfig, nonce: string): string {
  const own = Object.entries(ownMetadata(provider));
  const ours = [
    ["nonce", nonce],
    ["source", OWN_TEST_SOURCE],
  ] as const;
  const kept = own.filter(([name]) => !ours.some(([taken]) => taken === name));
  const room = Math.max(MOST_ENTRIES - kept.length, 0);
  const entries = Object.fromEntries([...kept, ...ours.slice(0, room)]);
  // A header holds no other characters.
  return JSON.stringify(entries).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Empty for a header that is missing or no JSON object. */
function ownMetadata({ values }: ProviderConfig): object {
  const { headers } = values;
  if (typeof headers !== "object" || headers === null) return {};
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === METADATA_HEADER);
  try {
    const parsed: unknown = typeof found?.[1] === "string" ? JSON.parse(found[1]) : null;
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
