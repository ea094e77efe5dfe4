/** Changes of the file that concern the connected Cloudflare account: its token and its domains. */
import type { ConfirmDomainInput, RouteInput, UpdateGatewayInput } from "../shared/gateways";
import type { Result } from "../shared/result";
import type { Changed, ProvidersView } from "../shared/view";
import type { GatewayDetails, ProvidersStore, SeenOption } from "./config/store";
import type { GatewayAccount } from "./gateway-account";

export interface AccountChanges {
  readonly enable: (
    provider: string,
    details: GatewayDetails,
    seen?: SeenOption,
  ) => Promise<Result<ProvidersView>>;
  readonly route: (input: RouteInput) => Promise<Result<Changed>>;
  readonly updateGateway: (input: UpdateGatewayInput) => Promise<Result<Changed>>;
  readonly confirmDomain: (input: ConfirmDomainInput) => Promise<Result<ProvidersView>>;
}

/**
 * The store's changes, which fail with `token_of_api` instead of writing the account's API token, and
 * with `domain_not_active` unless the account lists the domain that the caller found there.
 */
export function accountChanges(store: ProvidersStore, account: GatewayAccount): AccountChanges {
  return {
    enable: async (provider, details, seen) => {
      const refused = await account.refuseToken(details);
      const enabled = refused ?? (await store.enable(provider, details, seen));
      if (enabled.success) account.switchedOn([provider]);
      return enabled;
    },
    route: async (input) => {
      const refused = await account.refuseToken(input);
      const routed = refused ?? (await store.route(input));
      if (routed.success) account.switchedOn(routed.data.changed);
      return routed;
    },
    updateGateway: async (input) =>
      (await account.refuseToken(input.change)) ?? store.updateGateway(input),
    confirmDomain: async ({ listed, ...domain }) => {
      if (listed !== true) return store.confirmDomain(domain);
      const active = await account.checkDomain(domain);
      return active.success ? store.confirmDomain(domain) : active;
    },
  };
}
