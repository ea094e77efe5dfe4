/** A gateway block as a person may see it. */

/** A `cloudflareGateway` block (or its disabled twin) without its token. */
export interface GatewayBlockView {
  /** As written, even when it is no valid account ID. */
  readonly accountId: string;
  readonly gatewayName: string;
  /** Path segment of a custom provider, `custom-<slug>`, when the block names one. */
  readonly segment: string | null;
  readonly hasToken: boolean;
}
