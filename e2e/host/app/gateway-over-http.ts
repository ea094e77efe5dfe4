/** The page's side of `serve-over-http.ts`. */
import { gatewayApiOver, type GatewayApi } from "mux-cloudflare-gateway/renderer";

export function gatewayOverHttp(): GatewayApi {
  return gatewayApiOver({
    call: async (method, input) => {
      const answer = await fetch(`/gateway/${method}`, {
        method: "POST",
        body: JSON.stringify({ input }),
      });
      return answer.json();
    },
    onChange: (listener) => {
      const changes = new EventSource("/gateway/changes");
      changes.addEventListener("message", ({ data }) => listener(JSON.parse(data)));
      return () => changes.close();
    },
  });
}
