/** Sample views of gateways with a custom domain: confirmed, not confirmed, and already called by mux. */
import type { Notice, ProviderView, ProvidersView } from "../../shared/view";
import { builtIns, routed, SOME_ROUTED } from "./gallery-views";
import { ACCOUNT, block, gateway, provider, view } from "./sample-views";

const HOST = "ai.example.com";
/** An address in the form that the dashboard shows for a custom domain. */
export const DOMAIN_ADDRESS = `https://${HOST}/anthropic/v1/messages`;
const ROUTED_IDS = ["anthropic", "openai"];

const UNCONFIRMED: Notice = {
  code: "domain_unconfirmed",
  message: `Its gateway uses the domain ${HOST}, which is not confirmed. It is not tested or used until you confirm it.`,
};
const CALLED: Notice = {
  code: "domain_unconfirmed",
  message: `mux already sends this provider's key and prompts to ${HOST}, which is not confirmed. Confirm the domain if you connected it to your gateway.`,
  fix: "mend_mirror",
};

function atDomain(each: ProviderView, changes: Partial<ProviderView> = {}): ProviderView {
  if (!ROUTED_IDS.includes(each.id)) return each;
  return routed({
    ...each,
    route: "gateway",
    gateway: block({ host: HOST, hasToken: true }),
    baseUrl: `https://${HOST}/${each.id}`,
    ...changes,
  });
}

function withDomain(isConfirmed: boolean, changes: Partial<ProviderView> = {}): ProvidersView {
  const shared = { accountId: ACCOUNT, gatewayName: "my-gateway" };
  return view({
    ...SOME_ROUTED,
    providers: builtIns().map((each) => atDomain(each, changes)),
    gateways: [
      gateway({ ...shared, host: HOST, active: ROUTED_IDS, isConfirmed }),
      gateway({ ...shared, gatewayName: "team-gateway", active: ["google"], isUsual: false }),
    ],
  });
}

export const DOMAIN_CONFIRMED = withDomain(true);

export const DOMAIN_UNCONFIRMED = withDomain(false, {
  baseUrl: null,
  notices: [UNCONFIRMED],
  muxRoute: {
    kind: "address",
    differs: "host",
    url: "https://api.anthropic.com/v1/messages",
    testable: true,
    message: "mux calls api.anthropic.com instead of this gateway.",
  },
});

/** mux already calls the domain, because its URL is in the file. */
export const DOMAIN_CALLED = withDomain(false, { notices: [CALLED] });

/** A base URL that is set by hand on an unknown domain. */
export const DOMAIN_BY_HAND = view({
  providers: [
    provider({
      baseUrl: `https://${HOST}/anthropic/v1`,
      directBaseUrl: `https://${HOST}/anthropic/v1`,
      foreignHost: HOST,
    }),
    ...builtIns().filter(({ id }) => id !== "anthropic"),
  ],
});
