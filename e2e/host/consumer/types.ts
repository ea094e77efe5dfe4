/** Uses every entry point's types; compiled, never run. */
import {
  gatewayHandlers,
  openCloudflareGateway,
  registerIpc,
  type CloudflareGateway,
  type GatewayApi,
  type ProvidersView,
  type Result,
} from "mux-cloudflare-gateway/main";
import { gatewayApiFromOrpc, gatewayRouter } from "mux-cloudflare-gateway/orpc";
import { exposeCloudflareGateway } from "mux-cloudflare-gateway/preload";
import type { IpcMain } from "electron";

export async function host(ipcMain: IpcMain): Promise<string> {
  const gateway: CloudflareGateway = openCloudflareGateway({ home: "/tmp" });
  const unregister: () => void = registerIpc(ipcMain, gateway, {
    isTrustedSender: ({ senderFrame }) => senderFrame?.url === "host://mux/index.html",
  });
  const viewed = await gateway.providers();
  const handled: Result<ProvidersView> = await gatewayHandlers(gateway).providers(undefined);
  const api: Pick<GatewayApi, "undo"> = gateway;
  // @ts-expect-error -- a block has an account
  await gateway.enable("anthropic", { gatewayName: "g" });
  const model = await gateway.languageModel("anthropic:claude-haiku-4-5");
  unregister();
  exposeCloudflareGateway();
  if (!viewed.success || !handled.success || !model.success) return `${(await api.undo()).success}`;
  // @ts-expect-error -- were `ai` not found, this would be `any` and take everything
  const wrong: number = model.data;
  return `${viewed.data.file}${String(wrong)}`;
}

/** Compiles without oRPC: its builder and its client are described by their shape. */
export function overOrpc(gateway: CloudflareGateway): GatewayApi {
  const builder = {
    handler: (
      handle: (options: { context: { user: string }; input: unknown }) => Promise<unknown>,
    ) => {
      return (input?: unknown) => handle({ context: { user: "mia" }, input });
    },
  };
  const router = gatewayRouter(builder, ({ user }) => (user === "mia" ? gateway : gateway));
  // @ts-expect-error -- the context has a user
  gatewayRouter(builder, ({ nobody }) => (nobody === "mia" ? gateway : gateway));
  return gatewayApiFromOrpc(router);
}

export async function manyProviders(
  gateway: CloudflareGateway,
  { accountId, gatewayName }: { readonly accountId: string; readonly gatewayName: string },
): Promise<readonly string[]> {
  const result = await gateway.route({
    gateway: { accountId, gatewayName, token: { from: "environment" } },
    providers: [{ provider: "anthropic" }, { provider: "openai" }],
  });
  return result.success ? result.data.changed : [];
}

export async function gatewaysOf(
  gateway: CloudflareGateway,
  { token, accountId }: { readonly token: string; readonly accountId: string },
): Promise<readonly string[]> {
  await gateway.cloudflare.connect({ token, remember: false });
  const accounts = await gateway.cloudflare.accounts();
  const gateways = await gateway.cloudflare.gateways({ accountId });
  return accounts.success && gateways.success
    ? gateways.data.gateways.map(({ gatewayName }) => gatewayName)
    : [];
}
