/** Custom providers of an account: the segments of hosts that Cloudflare does not know. */
import type { CustomProviderView } from "../../shared/account";
import { failure } from "../../shared/errors";
import { GATEWAY_HOST } from "../../shared/gateway-host";
import { success, type Result } from "../../shared/result";
import { unroutableSentence } from "../../shared/providers";
import type { ProviderView } from "../../shared/view";
import type { Api, Call } from "./api";
import type { Row } from "./api-schemas";

/** A provider whose host can get a custom provider. */
export interface Hosted {
  /** Of its own base URL, with a port if it is not the default. */
  readonly host: string;
  /** Its name in the panel. */
  readonly name: string;
}

/**
 * The host of a provider's own base URL. Fails with `base_url_missing`, `base_url_invalid` or
 * `provider_not_routable` if Cloudflare cannot call it.
 */
export function hostOf(provider: ProviderView): Result<Hosted> {
  const { id, name, directBaseUrl, unroutable } = provider;
  if (unroutable !== null) {
    const why = unroutableSentence(unroutable);
    return failure("provider_not_routable", { provider: id, why });
  }
  if (directBaseUrl === null) return failure("base_url_missing", { provider: id });
  const invalid = (what: string) => failure("base_url_invalid", { provider: id, what });
  if (!URL.canParse(directBaseUrl)) return invalid("it is not a URL.");
  const { protocol, host, hostname } = new URL(directBaseUrl);
  if (protocol !== "https:") return invalid("Cloudflare calls custom providers over https only.");
  if (hostname === GATEWAY_HOST) return invalid("it is already an address of AI Gateway.");
  return success({ host, name });
}

function asks(accountId: string): Call {
  return {
    path: ["accounts", accountId, "ai-gateway", "custom-providers"],
    asked: { permission: "AI Gateway Read", accountId, what: "custom provider" },
  };
}

/** Finds the custom provider with this host. */
export async function findCustomProvider(
  api: Api,
  accountId: string,
  { host }: Hosted,
  signal: AbortSignal,
): Promise<Result<CustomProviderView>> {
  const listed = await api.list({ ...asks(accountId), signal }, api.schemas.customProvider);
  if (!listed.success) return listed;
  const { rows } = listed.data;
  const ofHost = rows.filter((row) => hostAtRoot(row.base_url) === host);
  const found = ofHost.find(isEnabled) ?? ofHost[0];
  const proposed = `custom-${freeSlug(host, new Set(rows.map(({ slug }) => slug)))}`;
  if (found) {
    const segment = `custom-${found.slug}`;
    return success({ host, segment, proposed: segment, isEnabled: isEnabled(found) });
  }
  return success({ host, segment: null, proposed, isEnabled: true });
}

/** Creates the custom provider of a host, unless there is one. */
export async function createCustomProvider(
  api: Api,
  accountId: string,
  hosted: Hosted,
  signal: AbortSignal,
): Promise<Result<CustomProviderView>> {
  const found = await findCustomProvider(api, accountId, hosted, signal);
  if (!found.success || found.data.segment !== null) return found;
  const slug = found.data.proposed.slice("custom-".length);
  const created = await api.object(
    {
      ...asks(accountId),
      method: "POST",
      body: {
        name: nameOf(hosted),
        slug,
        // The root, because the path after the segment is appended to it.
        base_url: `https://${hosted.host}`,
        // Off by default.
        enable: true,
      },
      asked: {
        permission: "AI Gateway Edit",
        accountId,
        what: "custom provider",
        fields: { name: "provider", slug: "provider", base_url: "provider" },
      },
      signal,
    },
    api.schemas.customProvider,
  );
  if (!created.success) return created;
  const segment = `custom-${created.data.slug}`;
  return success({
    host: hosted.host,
    segment,
    proposed: segment,
    isEnabled: isEnabled(created.data),
  });
}

/** Whether Cloudflare says that it is on. By default, a new one is off. */
function isEnabled({ enable }: Row<"customProvider">): boolean {
  return enable === true;
}

/** Null for a base URL with a path, because the gateway would append the request's path to it. */
function hostAtRoot(baseUrl: string): string | null {
  if (!URL.canParse(baseUrl)) return null;
  const { protocol, host, pathname } = new URL(baseUrl);
  return protocol === "https:" && pathname === "/" ? host : null;
}

/** Labels in front of a company's domain that name a service. */
const SERVICE = /^(?:www|api|llm|ai|inference|chat|openai|models|gateway)$/;
/** The last label, and the one before it in names such as example.co.uk. */
const PUBLIC_SUFFIX = /^(?:com|co|org|net|ac|gov|edu)$/;
const LONGEST_SLUG = 40;

/** A slug of the host's own name: `moonshot` for api.moonshot.ai. */
function freeSlug(host: string, taken: ReadonlySet<string>): string {
  const labels = (host.split(":")[0] ?? "").split(".").slice(0, -1);
  const own = labels.filter((label, at) => {
    const isSuffix = at === labels.length - 1 && at > 0 && PUBLIC_SUFFIX.test(label);
    return !isSuffix && !SERVICE.test(label);
  });
  const name = own.at(-1) ?? labels.at(-1) ?? host;
  const plain = name.replace(/[^a-z0-9]+/g, "-").slice(0, LONGEST_SLUG);
  const slug = plain.replace(/^-+|-+$/g, "") || "provider";
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${slug}-${number}`)) return `${slug}-${number}`;
  }
}

/** The provider's name if it has only plain characters, else the host. */
function nameOf({ name, host }: Hosted): string {
  return /^[\p{L}\p{N} ._()-]{1,64}$/u.test(name) ? name : host;
}
