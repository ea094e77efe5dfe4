/** A host with oRPC over a MessagePort: prints what an authenticated client and another one got. */
import { MessageChannel } from "node:worker_threads";

import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { ORPCError, os } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { openCloudflareGateway } from "mux-cloudflare-gateway/main";
import { gatewayApiFromOrpc, gatewayRouter } from "mux-cloudflare-gateway/orpc";

const authenticated = os.use(({ context, next }) => {
  if (!context.isAuthenticated) throw new ORPCError("UNAUTHORIZED");
  return next();
});
const router = { cloudflareGateway: gatewayRouter(authenticated, ({ gateway }) => gateway) };

function connect(context) {
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(router).upgrade(port1, { context });
  port1.start();
  port2.start();
  const client = createORPCClient(new RPCLink({ port: port2 }));
  return { client: client.cloudflareGateway, close: () => port2.close() };
}

const [home, accountId, gatewayName] = process.argv.slice(2);
const gateway = openCloudflareGateway({ home, env: {}, log: { info() {}, warn() {} } });

const friend = connect({ isAuthenticated: true, gateway });
const api = gatewayApiFromOrpc(friend.client);
const routed = new Promise((resolve) => {
  const stop = api.onChange((view) => {
    const { route } = view.providers.find(({ id }) => id === "anthropic");
    if (route === "gateway") resolve(stop());
  });
});
const enabled = await api.enable({ provider: "anthropic", accountId, gatewayName });
const invalid = await api.enable({ provider: 7, accountId, gatewayName });
await routed;

const stranger = connect({ isAuthenticated: false, gateway });
const calls = Object.keys(router.cloudflareGateway);
const refusals = await Promise.all(
  calls.map((call) =>
    stranger.client[call]().then(
      () => "accepted",
      ({ code }) => code,
    ),
  ),
);
console.log(
  JSON.stringify({
    enabled: enabled.success,
    invalid: invalid.error.code,
    calls: calls.length,
    refusals: [...new Set(refusals)],
  }),
);
friend.close();
stranger.close();
await gateway.close();
