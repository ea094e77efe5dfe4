/** Describes a provider for the calculation of its gateway URL. */
import type { RoutedProvider } from "../../shared/gateway-url";
import { ownBaseUrl } from "./base-url";
import type { ProviderConfig } from "./provider-config";

/** The input of `gatewayBaseUrl`, which treats base URLs of file and environment differently. */
export function routedProvider(config: ProviderConfig, env: NodeJS.ProcessEnv): RoutedProvider {
  const own = ownBaseUrl(config, env);
  return {
    id: config.id,
    kind: config.kind,
    // An empty one names no host.
    ownBaseUrl: own?.source === "file" && own.url !== "" ? own.url : null,
    environmentBaseUrl: own?.source === "environment" ? own.url : null,
  };
}
