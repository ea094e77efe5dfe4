/** Checks whether gateway changes explain one version of the file from another, to the byte. */
import { parseDocument } from "../../src/main/jsonc/document";
import type { ChangeContext } from "../../src/main/config/mirror-edits";
import {
  applyChange,
  disableProvider,
  enableProvider,
  fixProvider,
  forgetProvider,
  mirrorAll,
} from "../../src/main/config/testing/edit-text";
import { readProviders, type ReadProvider } from "../../src/main/config/providers";
import type { Result } from "../../src/shared/result";

const FILE = "providers.jsonc";

/**
 * Whether the panel's own functions produce `after` from `before` by turning on, turning off,
 * removing, fixing or mirroring, provider by provider. Whether such a change is allowed is checked
 * independently in `file-rules.ts`.
 */
export function isExplained(before: string | null, after: string): boolean {
  const text = before ?? "";
  return [true, false].some((mirror) => {
    const context: ChangeContext = { file: FILE, env: {}, mirror, domains: [] };
    return (
      mirrored(text, context) === after ||
      mirrorFixed(text, context, after) ||
      changed(text, after, context, undefined) === after ||
      changed(text, after, context, null) === after
    );
  });
}

function providersIn(text: string): readonly ReadProvider[] {
  const document = parseDocument(text, FILE);
  return document.success ? readProviders(text, document.data.root?.members ?? []) : [];
}

function mirrored(text: string, context: ChangeContext): string | null {
  return dataOf(mirrorAll(text, providersIn(text), context));
}

function mirrorFixed(text: string, context: ChangeContext, after: string): boolean {
  return providersIn(text).some(
    (provider) => dataOf(fixProvider(text, provider, "mend_mirror", context)) === after,
  );
}

/** `absent`: the value to pass when a token or a segment is missing. */
function changed(
  before: string,
  after: string,
  context: ChangeContext,
  absent: null | undefined,
): string | null {
  const wanted = new Map(providersIn(after).map((provider) => [provider.config.id, provider]));
  let text = before;
  for (const { config } of providersIn(before)) {
    const now = providersIn(text).find((provider) => provider.config.id === config.id);
    const then = wanted.get(config.id);
    if (!now || !then || isSame(now, then)) continue;
    const made = dataOf(step(text, now, then, context, absent));
    if (made === null) return null;
    text = made;
  }
  return text;
}

function isSame(now: ReadProvider, then: ReadProvider): boolean {
  const said = ({ blocks, entry, config }: ReadProvider) =>
    JSON.stringify([blocks, entry?.values ?? config.values]);
  return said(now) === said(then);
}

function step(
  text: string,
  now: ReadProvider,
  then: ReadProvider,
  context: ChangeContext,
  absent: null | undefined,
): Result<string> {
  const { shown, config } = then;
  if (shown === null) return forgetProvider(text, now, context);
  const { accountId, gatewayName, token, segment } = shown;
  // An open gateway: its `null` is written, while a missing token is not.
  const open = then.entry?.block["token"] === null ? { spelled: "null" } : undefined;
  const details = {
    accountId,
    gatewayName,
    token: open ?? token ?? absent,
    segment: segment ?? absent,
  };
  if (config.block !== null) return enableProvider(text, now, details, context);
  return now.config.block === null
    ? applyChange(text, { kind: "update", provider: config.id, details }, FILE)
    : disableProvider(text, now, context);
}

function dataOf(result: Result<string>): string | null {
  return result.success ? result.data : null;
}
