/** Finds the gateways of mux that it can use, and the models that each of them serves. */
import { MUX_GATEWAYS, type MuxGatewayId } from "../../shared/mux-gateways";
import { isObject } from "./gateway-header";
import { keyOrigin, type KeySources } from "./key-source";
import type { MuxSettings } from "./mux-settings";
import type { ProviderConfig } from "./provider-config";
import { modelIds } from "./provider-names";

/** The members of a gateway that say which models it has. */
type ModelLists = Readonly<Record<string, unknown>>;

/** By id, in the order in which mux seeds its route priority. Holds no secrets. */
export type UsableGateways = ReadonlyMap<MuxGatewayId, ModelLists>;

const LISTS: ReadonlyMap<MuxGatewayId, readonly string[]> = new Map([
  ["github-copilot", ["models"]],
  ["coder", ["models", "discoveredModels", "removedModels", "canonicalRoutes"]],
]);

/**
 * The gateways that mux can use now: not disabled, and with a login, a key or credentials. A custom
 * provider under a gateway's ID does not count as a gateway. Source: mux, provider settings.
 */
export function usableGateways(
  providers: readonly ProviderConfig[],
  settings: MuxSettings,
  keys: KeySources,
): UsableGateways {
  const usable = new Map<MuxGatewayId, ModelLists>();
  for (const { id } of MUX_GATEWAYS) {
    const config = providers.find((provider) => provider.id === id);
    if (config?.kind !== "built-in" || !config.enabled) continue;
    if (!isUsable(id, config, settings, keys)) continue;
    const lists = LISTS.get(id) ?? [];
    usable.set(id, Object.fromEntries(lists.map((name) => [name, config.values[name]])));
  }
  return usable;
}

/** Whether a usable gateway serves this model of a built-in provider. Source: mux, model routing. */
export function servesModel(
  gateways: UsableGateways,
  gateway: string,
  origin: string,
  modelId: string,
): gateway is MuxGatewayId {
  const known = MUX_GATEWAYS.find(({ id }) => id === gateway);
  const lists = known && gateways.get(known.id);
  if (lists === undefined || known?.serves.includes(origin) !== true) return false;
  if (known.id === "github-copilot") return copilotHas(lists, modelId);
  return known.id !== "coder" || coderHas(lists, origin, modelId);
}

function isUsable(
  id: MuxGatewayId,
  config: ProviderConfig,
  settings: MuxSettings,
  { env, withoutKey }: KeySources,
): boolean {
  const { values } = config;
  switch (id) {
    case "mux-gateway":
      return (
        (Boolean(values["couponCode"]) || Boolean(values["voucher"])) &&
        (settings.muxGatewayEnabled || settings.routePriority !== null)
      );
    case "openrouter":
      return keyOrigin(config, env, withoutKey).source !== "none";
    case "github-copilot":
      return (
        keyOrigin(config, env, withoutKey).source !== "none" ||
        isFilled(env["GITHUB_COPILOT_TOKEN"])
      );
    case "coder":
      // A deployment URL alone does not count as a login.
      return isFilled(values["deploymentUrl"]) && isFilledObject(values["coderOauth"]);
    case "bedrock":
      return hasRegion(values, env) && hasAwsCredentials(values, env);
    default:
      return id satisfies never;
  }
}

function hasRegion(values: ProviderConfig["values"], env: NodeJS.ProcessEnv): boolean {
  return [values["region"], env["AWS_REGION"], env["AWS_DEFAULT_REGION"]].some(isFilled);
}

function hasAwsCredentials(values: ProviderConfig["values"], env: NodeJS.ProcessEnv): boolean {
  return (
    (isFilled(values["accessKeyId"]) && isFilled(values["secretAccessKey"])) ||
    (isFilled(env["AWS_ACCESS_KEY_ID"]) && isFilled(env["AWS_SECRET_ACCESS_KEY"])) ||
    [values["bearerToken"], values["profile"]].some(isFilled) ||
    [env["AWS_BEARER_TOKEN_BEDROCK"], env["AWS_PROFILE"]].some(isFilled)
  );
}

/** Copilot's list is complete, if there is one. It writes versions of Claude with a dot. */
function copilotHas(lists: ModelLists, modelId: string): boolean {
  const models = modelIds(lists["models"]).map(copilotName);
  return models.length === 0 || models.includes(copilotName(modelId));
}

function copilotName(model: string): string {
  const name = model.slice(model.indexOf(":") + 1);
  return name.startsWith("claude-") ? name.replace(/(?<!\d)(\d+)\.(\d+)/g, "$1-$2") : name;
}

/** Coder saves the models that its deployment offers, and those that the user removed. */
function coderHas(lists: ModelLists, origin: string, modelId: string): boolean {
  const routes = lists["canonicalRoutes"];
  const instance = isObject(routes) && Object.hasOwn(routes, origin) ? routes[origin] : origin;
  const model = `${typeof instance === "string" ? instance : origin}/${modelId}`;
  if (modelIds(lists["removedModels"]).includes(model)) return false;
  if (!Array.isArray(lists["discoveredModels"])) return true;
  return [...modelIds(lists["discoveredModels"]), ...modelIds(lists["models"])].includes(model);
}

function isFilled(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function isFilledObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}
