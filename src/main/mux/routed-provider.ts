/** What is known of a provider before it is given a gateway. */
import type { RoutedProvider } from "../../shared/gateway-url";
import { ownBaseUrl } from "./base-url";
import type { ProviderConfig } from "./provider-config";

/** What `gatewayBaseUrl` needs to know: a base URL from the environment is not the provider's own. */
export function routedProvider(config: ProviderConfig, env: NodeJS.ProcessEnv): RoutedProvider {
  const own = ownBaseUrl(config, env);
  return {
    id: config.id,
    kind: config.kind,
    ownBaseUrl: own?.source === "file" ? own.url : null,
    environmentBaseUrl: own?.source === "environment" ? own.url : null,
  };
}
