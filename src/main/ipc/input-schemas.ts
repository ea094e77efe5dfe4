/** Schemas of the input of every call; all input from the renderer is parsed with them. */
import type { z } from "zod";

import type { GatewayCalls, GatewayMethod } from "../../shared/contract";
import { lazySchema } from "../text/schema";

type Schemas = { readonly [Method in GatewayMethod]: z.ZodType<GatewayCalls[Method]["input"]> };

export const INPUT_SCHEMAS = lazySchema((z): Schemas => {
  // Longer than any real name, but short enough that calls cannot exhaust memory.
  const name = z.string().max(512);
  const mark = z.string().max(256);
  const token = z.string().max(8192);

  const provider = z.strictObject({ provider: name, seen: mark.exactOptional() });

  const gateway = z.strictObject({
    accountId: name,
    gatewayName: name,
    host: name.exactOptional(),
  });
  const tokenChoice = z.union([
    token.nullable(),
    z.strictObject({ from: z.literal("environment") }),
    z.strictObject({ from: z.literal("provider"), provider: name }),
  ]);

  const customProvider = z.strictObject({ accountId: name, provider: name, seen: mark });

  return {
    providers: z.undefined(),
    enable: z.strictObject({
      provider: name,
      accountId: name,
      gatewayName: name,
      token: token.nullable().exactOptional(),
      open: z.literal(true).exactOptional(),
      segment: name.nullable().exactOptional(),
      storePrompts: z.boolean().exactOptional(),
      host: name.nullable().exactOptional(),
      seen: mark.exactOptional(),
    }),
    route: z.strictObject({
      gateway: gateway.extend({
        token: tokenChoice.exactOptional(),
        storePrompts: z.boolean().exactOptional(),
      }),
      providers: z
        .array(provider.extend({ segment: name.nullable().exactOptional() }))
        .min(1)
        .max(10_000),
    }),
    direct: z.strictObject({ providers: z.array(provider).min(1).max(10_000) }),
    remove: z.strictObject({ providers: z.array(provider).min(1).max(10_000) }),
    updateGateway: z.strictObject({
      gateway,
      change: z
        .strictObject({
          accountId: name.exactOptional(),
          gatewayName: name.exactOptional(),
          host: name.nullable().exactOptional(),
          token: tokenChoice.exactOptional(),
          storePrompts: z.boolean().exactOptional(),
        })
        // Without this, any object without members would be taken, a map or a date too.
        .refine((change) => Object.keys(change).length > 0),
    }),
    confirmDomain: gateway.required().extend({ listed: z.literal(true).exactOptional() }),
    disable: provider,
    forget: provider,
    fix: provider.extend({
      fix: z.enum([
        "adopt_gateway",
        "use_api_key_auth",
        "disable_websocket",
        "mend_mirror",
        "restore_gateway_url",
        "remove_token_header",
        "hide_saved_values",
        "remove_disabled_block",
      ]),
    }),
    setMirror: z.strictObject({ on: z.boolean() }),
    undo: z.undefined(),
    openFile: z.undefined(),
    test: z.strictObject({
      provider: name,
      run: z.string().min(1).max(64),
      model: z.string().min(1).max(512).nullable().exactOptional(),
      route: z.enum(["saved", "direct", "mux"]).exactOptional(),
    }),
    tests: z.undefined(),
    accountStatus: z.undefined(),
    connectAccount: z.strictObject({
      token: z.union([token, z.strictObject({ from: z.literal("environment") })]),
      remember: z.boolean(),
    }),
    disconnectAccount: z.undefined(),
    accounts: z.undefined(),
    accountGateways: z.strictObject({ accountId: name }),
    gatewayDetails: gateway,
    createGateway: z.strictObject({
      accountId: name,
      gatewayName: name,
      collectLogs: z.boolean(),
    }),
    customProvider,
    createCustomProvider: customProvider,
    logRow: gateway.extend({
      provider: name,
      logId: z.string().max(320),
      startedAt: z.string().max(64),
      route: z.enum(["saved", "direct", "mux"]),
    }),
    traffic: gateway.extend({ window: z.enum(["hour", "day", "week"]) }),
    requests: gateway.extend({ errorsFirst: z.boolean() }),
    doctor: gateway,
    stopTest: z.strictObject({ run: z.string().min(1).max(64) }),
  };
});

/** Describes each invalid member by place and kind; never by value, which could be a token. */
export function describeIssues(error: z.ZodError): string {
  const places = error.issues.map(({ path, code }) => `${path.join(".") || "input"} (${code})`);
  return places.slice(0, 3).join(", ");
}
