/** Sample views of rows whose route is not the one that mux takes. */
import type { ProviderView } from "../../shared/view";
import { MIRROR_OFF, SOME_ROUTED } from "./gallery-views";
import { view } from "./sample-views";

/** mux's seeded route priority: OpenRouter has a key, so mux uses it for all direct providers. */
export const MUX_ELSEWHERE = view({
  ...SOME_ROUTED,
  providers: SOME_ROUTED.providers.map(throughOpenRouter),
});

/** Compatibility is off, so today's mux ignores the gateways. */
export const TODAY_DIRECT = view({
  ...MIRROR_OFF,
  providers: MIRROR_OFF.providers.map(directly),
});

function throughOpenRouter(each: ProviderView): ProviderView {
  if (each.unroutable !== null || each.id === "openrouter") return each;
  const isRouted = each.route === "gateway";
  const message = `mux sends these models through OpenRouter${isRouted ? " instead of this gateway" : ""}. In mux, open Settings → Providers → Route priority and drag “Direct” to the top.`;
  const gateway = "openrouter";
  return {
    ...each,
    muxRoute: { kind: "gateway", gateway, name: "OpenRouter", testable: true, message },
    notices: isRouted ? [{ code: "aggregator", message }] : [],
  };
}

function directly(each: ProviderView): ProviderView {
  if (each.route === "direct") return each;
  const url = each.directBaseUrl;
  const host = url === null ? "the provider" : new URL(url).host;
  const message = `mux calls ${host} instead of this gateway, because it does not read these gateway settings.`;
  return { ...each, muxRoute: { kind: "address", differs: "host", url, testable: true, message } };
}
