/** Queries and changes of a gateway of the connected account. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useContext } from "react";

import type {
  CreateGatewayInput,
  CustomProviderInput,
  CustomProviderView,
  DoctorReport,
  GatewayDetailsView,
  LogProof,
  LogRowInput,
  RequestsInput,
  RequestsView,
  TrafficInput,
  TrafficView,
} from "../../../shared/account";
import { keyOfGateway, type GatewayKey } from "../../../shared/gateways";
import type { Result } from "../../../shared/result";
import { gatewaysKey } from "./account";
import { ANSWERS, keeping, useAsked, type Asked, type Kept } from "./asked";
import { GatewayApiContext } from "./queries";
import { ask } from "./send";
import { TESTS } from "./shown";

export function useGatewayDetails(gateway: GatewayKey): Asked<GatewayDetailsView> {
  const key = keyOfGateway(gateway);
  return useAsked([...ANSWERS, "details", key], (api) => api.gatewayDetails(key));
}

/** Returns a function that creates a gateway at Cloudflare. */
export function useCreateGateway(): (input: CreateGatewayInput) => Promise<Result<unknown>> {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  return async (input) => {
    const answer = await ask(() => api.createGateway(input));
    if (answer.success) {
      await client.invalidateQueries({ queryKey: gatewaysKey(input.accountId) });
    }
    return answer;
  };
}

/** The custom provider for the host of a provider's base URL. */
export function useCustomProvider(input: CustomProviderInput): Asked<CustomProviderView> {
  return useAsked([...ANSWERS, "custom", input], (api) => api.customProvider(input));
}

/** Returns a function that creates a custom provider, and resolves with its segment. */
export function useCreateCustomProvider(): (
  input: CustomProviderInput,
) => Promise<Result<CustomProviderView>> {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  return async (input) => {
    const answer = await ask(() => api.createCustomProvider(input));
    if (answer.success) void client.invalidateQueries({ queryKey: [...ANSWERS, "custom"] });
    return answer;
  };
}

/** Cloudflare's record of a test, asked for once per test. */
export function useLogProof(
  input: LogRowInput,
  options: { readonly enabled?: boolean } = {},
): Asked<LogProof> {
  return useAsked([...ANSWERS, "log-row", input], (api) => api.logRow(input), {
    staleTime: Infinity,
    ...options,
  });
}

export function useTraffic(input: TrafficInput): Asked<TrafficView> {
  return useAsked([...ANSWERS, "traffic", input], (api) => api.traffic(input));
}

export function useRequests(input: RequestsInput): Asked<RequestsView> {
  return useAsked([...ANSWERS, "requests", input], (api) => api.requests(input));
}

export interface Checklist extends Kept<DoctorReport> {
  readonly isAsking: boolean;
  /** Runs all checks, and resolves with what was found. */
  readonly run: () => Promise<Kept<DoctorReport>>;
}

/** The checklist of a gateway, which runs only when the user asks for it. */
export function useDoctor(gateway: GatewayKey): Checklist {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  const key = keyOfGateway(gateway);
  const queryKey = [...ANSWERS, "doctor", key];
  const { data, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: () => keeping(client, queryKey, () => api.doctor(key)),
    enabled: false,
    staleTime: Infinity,
  });
  return {
    ...(data ?? NOTHING),
    isAsking: isFetching,
    run: async () => {
      const found = (await refetch()).data ?? NOTHING;
      // It tested the providers of the gateway.
      void client.invalidateQueries({ queryKey: TESTS });
      return found;
    },
  };
}

const NOTHING = { data: null, problem: null } as const;
