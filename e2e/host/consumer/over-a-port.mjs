/** Both ends of a host's own transport, here a MessagePort: prints what the page's end was answered and told. */
import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";

import {
  gatewayHandlers,
  isGatewayMethod,
  openCloudflareGateway,
} from "mux-cloudflare-gateway/main";
import { gatewayApiOver } from "mux-cloudflare-gateway/renderer";

function serve(gateway, port) {
  const handlers = gatewayHandlers(gateway);
  port.on("message", async ({ id, method, input }) => {
    if (isGatewayMethod(method)) port.postMessage({ id, answer: await handlers[method](input) });
    else port.postMessage({ id, unknown: method });
  });
  return gateway.onChange((view) => port.postMessage({ changed: view }));
}

function connect(port) {
  let last = 0;
  const next = async (wanted) => {
    for (;;) {
      const [message] = await once(port, "message");
      if (wanted(message)) return message;
    }
  };
  return gatewayApiOver({
    call: async (method, input) => {
      const id = (last += 1);
      port.postMessage({ id, method, input });
      return (await next((message) => message.id === id)).answer;
    },
    onChange: (listener) => {
      const listen = ({ changed }) => changed && listener(changed);
      port.on("message", listen);
      return () => port.off("message", listen);
    },
  });
}

const [home, accountId, gatewayName] = process.argv.slice(2);
const log = { info() {}, warn() {} };
const gateway = openCloudflareGateway({ home, env: {}, log });
const { port1, port2 } = new MessageChannel();
const stop = serve(gateway, port1);
const api = connect(port2);

const told = new Promise((resolve) => {
  api.onChange((view) => resolve(view.providers.find(({ id }) => id === "anthropic").route));
});
const enabled = await api.enable({ provider: "anthropic", accountId, gatewayName });
const refused = await api.enable({ provider: 7, accountId, gatewayName });
port2.postMessage({ id: -1, method: "constructor" });
const [{ unknown }] = await once(port2, "message");
console.log(
  JSON.stringify({
    enabled: enabled.success,
    refused: refused.error.code,
    unknown,
    told: await told,
  }),
);
stop();
port2.close();
await gateway.close();
