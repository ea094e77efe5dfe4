/** The host's services, one of which is the gateway. */
import { openCloudflareGateway } from "mux-cloudflare-gateway/main";

import type { OrpcContext } from "./orpc-context";

export class Services {
  readonly cloudflareGateway;

  constructor(readonly rootDir: string) {
    this.cloudflareGateway = openCloudflareGateway({ home: rootDir, mirror: true });
  }

  orpcContext(isAuthenticated: boolean): OrpcContext {
    return {
      isAuthenticated,
      cloudflareGateway: this.cloudflareGateway,
    };
  }

  async dispose(): Promise<void> {
    await this.cloudflareGateway.close();
  }
}
