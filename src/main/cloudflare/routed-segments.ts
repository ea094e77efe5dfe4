/** Which providers of the file use which segments of a gateway, and since when. */
import { usualSegment } from "../../shared/gateway-url";
import { isSameGateway, keyOfGateway, type GatewayKey } from "../../shared/gateways";
import type { ProvidersView, ProviderView } from "../../shared/view";

/** Maps each segment to the providers that use it through this gateway. */
export function routedSegments(
  { providers }: ProvidersView,
  gateway: GatewayKey,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const provider of providers) {
    const segment = segmentThrough(provider, gateway);
    if (segment !== null) found.set(segment, [...(found.get(segment) ?? []), provider.id]);
  }
  return found;
}

function segmentThrough(provider: ProviderView, gateway: GatewayKey): string | null {
  const { id, kind, route, gateway: block, directBaseUrl } = provider;
  if (route !== "gateway" || block === null) return null;
  if (!isSameGateway(keyOfGateway(block), keyOfGateway(gateway))) return null;
  return block.segment ?? usualSegment({ id, kind, ownBaseUrl: directBaseUrl });
}

/** A provider must have used a gateway for this long before its silence means something. */
const SETTLING_MS = 15 * 60_000;

/** Remembers since when providers use their gateways. */
export class RoutedSince {
  readonly #since = new Map<string, number>();

  /** A provider was put behind a gateway now. */
  switchedOn(provider: string, now: number): void {
    for (const key of this.#since.keys()) {
      if (key.startsWith(`${provider}\n`)) this.#since.delete(key);
    }
    this.#since.set(`${provider}\n`, now);
  }

  /**
   * The providers that have used a gateway for 15 minutes. One that was already routed when it was
   * first seen counts from the file's last change, `changedAt`, or from now if that is null.
   */
  settled(
    view: ProvidersView,
    gateway: GatewayKey,
    changedAt: number | null,
    now: number,
  ): ReadonlySet<string> {
    const routed = new Set([...routedSegments(view, gateway).values()].flat());
    const place = `${gateway.accountId}/${gateway.gatewayName}`;
    const settled = new Set<string>();
    for (const provider of view.providers) {
      const key = `${provider.id}\n${place}`;
      if (!routed.has(provider.id)) {
        this.#since.delete(key);
        continue;
      }
      const switchedOn = this.#since.get(`${provider.id}\n`);
      const since = this.#since.get(key) ?? switchedOn ?? changedAt ?? now;
      this.#since.set(key, since);
      if (now - since >= SETTLING_MS) settled.add(provider.id);
    }
    return settled;
  }
}
