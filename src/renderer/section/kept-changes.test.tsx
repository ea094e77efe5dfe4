// @vitest-environment happy-dom
import type { ReactNode } from "react";
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { MemoryGateway } from "../testing/memory-gateway";
import { view } from "../testing/sample-views";
import { createGatewayClient, GatewayApiContext, useChange, useProviders } from "./data/queries";

afterEach(cleanup);

it("keeps only the result of the last change, because each one holds a whole view", async () => {
  const client = createGatewayClient();
  const gateway = new MemoryGateway(view());
  const { result } = renderHook(() => ({ change: useChange("anthropic"), all: useProviders() }), {
    wrapper: (props: { readonly children: ReactNode }) => (
      <QueryClientProvider client={client}>
        <GatewayApiContext.Provider value={gateway.api}>
          {props.children}
        </GatewayApiContext.Provider>
      </QueryClientProvider>
    ),
  });
  await waitFor(() => expect(result.current.all.answer?.success).toBe(true));
  for (const call of ["disable", "enable", "disable"] as const) {
    const input = { provider: "anthropic", accountId: "a", gatewayName: "g" };
    await act(async () => result.current.change.mutateAsync({ call, input, expecting: "shown" }));
  }
  const kept = () => client.getMutationCache().getAll();
  await waitFor(() => expect(kept()).toHaveLength(1), { timeout: 10_000 });
  expect(result.current.change.data?.success).toBe(true);
});
