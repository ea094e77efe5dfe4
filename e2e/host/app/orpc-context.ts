/** The context of the host's oRPC procedures, and who may call them. */
import { ORPCError, os } from "@orpc/server";
import type { CloudflareGateway } from "mux-cloudflare-gateway/main";

export interface OrpcContext {
  readonly isAuthenticated: boolean;
  readonly cloudflareGateway: CloudflareGateway;
}

export const authenticated = os.$context<OrpcContext>().use(({ context, next }) => {
  if (!context.isAuthenticated) throw new ORPCError("UNAUTHORIZED");
  return next();
});
