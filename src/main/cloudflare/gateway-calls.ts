/** The calls about one gateway: its settings, its domains, and a new one. */
import type {
  CreateGatewayInput,
  GatewayDetailsView,
  GatewayDomain,
  GatewaySettings,
} from "../../shared/account";
import { checkAccountId, checkGatewayName } from "../../shared/gateway-names";
import type { GatewayKey } from "../../shared/gateways";
import { success, type Result } from "../../shared/result";
import { asksGateways, asksOfGateway } from "./account-calls";
import type { Api } from "./api";
import { settingsOf } from "./gateway-settings";
import { settingWarnings } from "./setting-warnings";

/** Fails with `account_id_invalid` or `gateway_name_invalid`. */
export function checkNames({ accountId, gatewayName }: GatewayKey): Result<string> {
  const account = checkAccountId(accountId);
  return account.success ? checkGatewayName(gatewayName) : account;
}

export async function readSettings(
  api: Api,
  gateway: GatewayKey,
  signal: AbortSignal,
): Promise<Result<GatewaySettings>> {
  const read = await api.object({ ...asksOfGateway(gateway), signal }, api.schemas.gateway);
  return read.success ? success(settingsOf(gateway.accountId, read.data, api.schemas)) : read;
}

/** `keyless`: names of the providers behind this gateway that have no key. */
export async function readDetails(
  api: Api,
  gateway: GatewayKey,
  keyless: readonly string[],
  signal: AbortSignal,
): Promise<Result<GatewayDetailsView>> {
  const settings = await readSettings(api, gateway, signal);
  if (!settings.success) return settings;
  const { logLimit } = settings.data;
  const [domains, logged] = await Promise.all([
    readDomains(api, gateway, signal),
    logLimit?.whenFull === "stop" ? countLogRows(api, gateway, signal) : null,
  ]);
  const areLogsFull = logLimit !== null && logged !== null && logged >= logLimit.rows;
  return success({
    settings: settings.data,
    domains: domains.success ? domains.data : null,
    warnings: settingWarnings(settings.data, { areLogsFull, keyless }),
  });
}

/** The custom domains of a gateway (AI Gateway, configuration/custom-domains). */
export async function readDomains(
  api: Api,
  gateway: GatewayKey,
  signal: AbortSignal,
): Promise<Result<readonly GatewayDomain[]>> {
  const listed = await api.list(
    { ...asksOfGateway(gateway, "custom-domains"), signal },
    api.schemas.domain,
  );
  if (!listed.success) return listed;
  return success(
    listed.data.rows.map(({ hostname, status }) => ({
      host: hostname,
      // No other status is documented to serve requests.
      isActive: status === "active",
      status: api.shown(status),
    })),
  );
}

/** How many rows the log has; null if that cannot be found out. */
async function countLogRows(
  api: Api,
  gateway: GatewayKey,
  signal: AbortSignal,
): Promise<number | null> {
  const call = { ...asksOfGateway(gateway, "logs"), query: { page: 1, per_page: 1 }, signal };
  const counted = await api.page(call, api.schemas.anything);
  return counted.success ? counted.data.count : null;
}

/** Creates a gateway with the smallest body that Cloudflare accepts, and without side effects. */
export async function createGateway(
  api: Api,
  { accountId, gatewayName, collectLogs }: CreateGatewayInput,
  signal: AbortSignal,
): Promise<Result<GatewaySettings>> {
  const { path } = asksGateways(accountId);
  const created = await api.object(
    {
      method: "POST",
      path,
      body: {
        id: gatewayName,
        cache_ttl: null,
        cache_invalidate_on_update: false,
        collect_logs: collectLogs,
        rate_limiting_interval: null,
        rate_limiting_limit: null,
        rate_limiting_technique: "fixed",
        authentication: true,
      },
      asked: {
        permission: "AI Gateway Edit",
        accountId,
        what: `gateway “${gatewayName}”`,
        fields: { id: "gatewayName", collect_logs: "collectLogs" },
      },
      signal,
    },
    api.schemas.gateway,
  );
  return created.success ? success(settingsOf(accountId, created.data, api.schemas)) : created;
}
