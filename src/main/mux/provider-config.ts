/** One provider as the file has it, secrets included. Stays in the main process. */

/** Details of a `cloudflareGateway` block as written; nothing here has been validated. */
export interface GatewayBlock {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly token: string | null;
  readonly segment: string | null;
}

export interface ProviderConfig {
  /** The key in providers.jsonc. */
  readonly id: string;
  readonly kind: "built-in" | "custom";
  readonly inFile: boolean;
  /** False for `"enabled": false` and mux's older `"enabled": "false"`. */
  readonly enabled: boolean;
  /**
   * Parsed members of its object, without a prototype; empty when the file does not have it. What
   * the mirror of its block has written there is left out, and the user's own stands in its place.
   */
  readonly values: Readonly<Record<string, unknown>>;
  /** The active block, or null when the provider goes direct. */
  readonly block: GatewayBlock | null;
}
