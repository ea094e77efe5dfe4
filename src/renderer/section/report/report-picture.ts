/** Computes the route diagram of a test: its stops, the hops between them, and where it failed. */
import { assertNever } from "../../../shared/assert-never";
import { checkGatewayDomain } from "../../../shared/gateway-domain";
import { atGatewayHost } from "../../../shared/gateway-host";
import type { GatewayKey } from "../../../shared/gateways";
import type { MuxRoute } from "../../../shared/mux-route";
import type { Culprit, TestReport, TestRoute, Timings } from "../../../shared/report";
import type { ProviderView } from "../../../shared/view";
import { gatewayOf } from "../words/report-words";
import { hostOf } from "../words/route-words";
import { words } from "../words/words";

/** `doubtful`: it happened, but the report cannot prove it. `waiting`: the test is still running. */
export type PartState = "passed" | "failed" | "doubtful" | "unreached" | "waiting";

export interface Stop {
  readonly place: "computer" | "cloudflare" | "provider";
  readonly label: string;
  /** The gateway's name, the provider's host, or a note that the response came from the cache. */
  readonly detail: string | null;
  readonly state: PartState;
}

export interface Picture {
  readonly stops: readonly Stop[];
  /** One fewer than the stops: hop i leads from stop i to stop i + 1. */
  readonly hops: readonly PartState[];
  /** Milliseconds of each hop; null if they were not observed. */
  readonly latencies: readonly (number | null)[];
}

type Place = Stop["place"] | "first-hop" | null;

export function pictureOf(report: TestReport, providerName: string): Picture {
  const url = report.request?.url ?? null;
  const viaGateway = isViaGateway(report);
  const who = report.ok ? null : (report.diagnosis?.culprit ?? "unknown");
  const culprit = who === null ? null : placeOf(who, viaGateway);
  // Nothing shows which of them refused.
  const isDoubtful = report.verdict === "unproven" || who === "unknown";
  const order: readonly Place[] = viaGateway
    ? ["computer", "first-hop", "cloudflare", "provider"]
    : ["computer", "first-hop", "provider"];
  const failedAt = culprit === null ? order.length : order.indexOf(culprit);
  const state = (place: Place): PartState => {
    const at = order.indexOf(place);
    if (at === failedAt) return "failed";
    if (at > failedAt) return "unreached";
    return isDoubtful && place !== "computer" && place !== "first-hop" ? "doubtful" : "passed";
  };
  const cached = viaGateway && report.cache?.toUpperCase() === "HIT";
  const provider: Stop = {
    place: "provider",
    // mux's own gateway answers in the provider's place.
    label: report.through ?? providerName,
    detail: cached ? words.picture.cached : viaGateway ? null : hostOf(url),
    state: cached ? "unreached" : state("provider"),
  };
  const computer: Stop = {
    place: "computer",
    label: words.picture.computer,
    detail: null,
    state: state("computer"),
  };
  if (!viaGateway) {
    return {
      stops: [computer, provider],
      hops: [state("first-hop")],
      latencies: [answerMs(report.timings)],
    };
  }
  const cloudflare: Stop = {
    place: "cloudflare",
    label: words.picture.cloudflare,
    detail: gatewayOf(url)?.gatewayName ?? hostOf(url),
    state: state("cloudflare"),
  };
  return {
    stops: [computer, cloudflare, provider],
    // The second hop cannot be observed from here, so it takes the state of the stop behind it.
    hops: [state("first-hop"), provider.state === "failed" ? "passed" : provider.state],
    latencies: latenciesThrough(report.timings, provider.state),
  };
}

/** On a custom domain, only the requested route tells that the host is a gateway's. */
function isViaGateway({ request, expected }: TestReport): boolean {
  if (request === null) return expected === "gateway";
  if (atGatewayHost(request.url) !== null) return true;
  const { host } = new URL(request.url);
  return expected === "gateway" && checkGatewayDomain(host).success;
}

/**
 * The first hop takes as long as the connection, and the second one until the first byte. If the
 * gateway answers by itself, the first hop takes until that byte.
 */
function latenciesThrough(timings: Timings, provider: PartState): Picture["latencies"] {
  const answer = answerMs(timings);
  if (provider === "unreached") return [answer, null];
  const connected = connectMs(timings);
  const wait = answer === null ? null : Math.max(0, answer - (connected ?? 0));
  return [connected, wait];
}

/** From the start of the request to the first byte; to the end of the connection if none arrived. */
function answerMs(timings: Timings): number | null {
  return timings.firstByteMs ?? connectMs(timings);
}

/** Null if no new connection was observed. */
function connectMs({ dnsMs, tcpMs, tunnelMs = null, tlsMs }: Timings): number | null {
  const steps = [dnsMs, tcpMs, tunnelMs, tlsMs].filter((ms) => ms !== null);
  return steps.length === 0 ? null : steps.reduce((sum, ms) => sum + ms, 0);
}

/** The route diagram of a running test: the requested route, with no result yet. */
export function pendingPicture(provider: ProviderView, route: TestRoute): Picture {
  const { muxRoute } = provider;
  const isOther = route === "mux" && muxRoute.kind !== "saved";
  const gateway: GatewayKey | null =
    route === "direct" || isOther ? null : (routedGateway(provider) ?? provider.gatewayByHand);
  const computer: Stop = {
    place: "computer",
    label: words.picture.computer,
    detail: null,
    state: "passed",
  };
  const target: Stop = {
    place: "provider",
    label: isOther && muxRoute.kind === "gateway" ? muxRoute.name : provider.name,
    detail: gateway === null ? hostOf(isOther ? urlOf(muxRoute) : provider.directBaseUrl) : null,
    state: "waiting",
  };
  if (gateway === null) return { stops: [computer, target], hops: ["waiting"], latencies: [null] };
  const cloudflare: Stop = {
    place: "cloudflare",
    label: words.picture.cloudflare,
    detail: gateway.host ?? gateway.gatewayName,
    state: "waiting",
  };
  return {
    stops: [computer, cloudflare, target],
    hops: ["waiting", "waiting"],
    latencies: [null, null],
  };
}

function urlOf(route: MuxRoute): string | null {
  return route.kind === "address" ? route.url : null;
}

function routedGateway({ route, gateway }: ProviderView) {
  return route === "gateway" ? gateway : null;
}

/** The failed part, or null if it is not known. On a gateway route the edge is Cloudflare's, on a direct one the provider's. */
function placeOf(culprit: Culprit, viaGateway: boolean): Place {
  switch (culprit) {
    case "computer":
      return "computer";
    case "network":
      return "first-hop";
    case "gateway":
    case "edge":
      return viaGateway ? "cloudflare" : "provider";
    case "provider":
      return "provider";
    case "unknown":
      return null;
    default:
      return assertNever(culprit);
  }
}
