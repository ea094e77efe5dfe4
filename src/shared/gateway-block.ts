/** A gateway block as the renderer may see it. */

/** A `cloudflareGateway` or `cloudflareGatewayDisabled` block without its token. */
export interface GatewayBlockView {
  /** As written, even when it is not a valid account ID. */
  readonly accountId: string;
  readonly gatewayName: string;
  /** `custom-<slug>` or a documented segment, if the block has one. */
  readonly segment: string | null;
  /** The custom domain as written, even when it is not valid; absent: Cloudflare's own host. */
  readonly host?: string;
  readonly hasToken: boolean;
  /** Present if the gateway must not store prompts and responses in its log. */
  readonly storePrompts?: false;
}
