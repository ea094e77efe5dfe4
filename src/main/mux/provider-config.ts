/** One provider as read from the file, secrets included. It must not leave the main process. */

/** The members of a `cloudflareGateway` block as written, not validated. */
export interface GatewayBlock {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly token: string | null;
  readonly segment: string | null;
  /** Present if the gateway must not store prompts and responses in its log. */
  readonly storePrompts?: false;
  /** The custom domain; null for Cloudflare's own host. A value that is not a text is an empty one. */
  readonly host: string | null;
}

export interface ProviderConfig {
  /** The key in providers.jsonc. */
  readonly id: string;
  readonly kind: "built-in" | "custom";
  readonly inFile: boolean;
  /** False for `"enabled": false` and mux's older `"enabled": "false"`. */
  readonly enabled: boolean;
  /**
   * Parsed members of its object, without a prototype; empty if the provider is not in the file.
   * Compatibility fields are replaced by the user's own values.
   */
  readonly values: Readonly<Record<string, unknown>>;
  /** The active block, or null if the provider is direct. */
  readonly block: GatewayBlock | null;
}
