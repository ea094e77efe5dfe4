/** mux's own gateways: providers through which it can send the models of other providers. */

export type MuxGatewayId = "mux-gateway" | "openrouter" | "github-copilot" | "coder" | "bedrock";

/** In mux's display order, in which it also seeds its route priority. Source: mux, model routing. */
export const MUX_GATEWAYS: readonly {
  readonly id: MuxGatewayId;
  /** The built-in providers whose models it can serve. */
  readonly serves: readonly string[];
}[] = [
  { id: "mux-gateway", serves: ["anthropic", "openai", "google", "xai"] },
  { id: "openrouter", serves: ["anthropic", "openai", "google", "xai", "deepseek", "moonshotai"] },
  { id: "github-copilot", serves: ["openai", "anthropic", "google"] },
  { id: "coder", serves: ["anthropic", "openai"] },
  { id: "bedrock", serves: ["anthropic"] },
];
