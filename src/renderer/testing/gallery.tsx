/** The gallery page: renders the section in the state and theme that the URL names. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import type { GatewayApi } from "../../shared/contract";
import { failure, gatewayError } from "../../shared/errors";
import type { RouteInput } from "../../shared/gateways";
import type { Changed } from "../../shared/view";
import { success, type Result } from "../../shared/result";
import { CloudflareGatewaySection } from "../section/section";
import type { GalleryState } from "./gallery-state";
import { GALLERY_STATES } from "./gallery-states";
import { MemoryGateway } from "./memory-gateway";
import { view } from "./sample-views";

/** The responses that the state defines, and those of an in-memory gateway for all other calls. */
function galleryApi(state: GalleryState): GatewayApi {
  const { providers, remembered = [], finds, refuses, leavesOut, isLostAfterwards = false } = state;
  const memory = new MemoryGateway(providers?.success === true ? providers.data : view());
  memory.refuseNext = refuses ?? null;
  return {
    ...memory.api,
    ...state.account,
    ...(providers?.success === true
      ? {}
      : {
          providers: () =>
            providers === null ? new Promise(() => undefined) : Promise.resolve(providers),
        }),
    ...(isLostAfterwards ? { providers: onlyOnce(memory.api.providers) } : {}),
    ...(finds === undefined
      ? {}
      : {
          test: (input) => Promise.resolve(typeof finds === "function" ? finds(input) : finds),
        }),
    ...(leavesOut === undefined
      ? {}
      : { route: (input) => withoutSome(input, leavesOut, memory.api) }),
    setMirror: (input) =>
      refuses === undefined
        ? memory.api.setMirror(input)
        : Promise.resolve({ success: false, error: refuses }),
    tests: () =>
      Promise.resolve(success({ tests: remembered, muxTests: [], directTests: [], models: [] })),
  };
}

/** Routes the providers except those in `without`, which are left out with an error. */
async function withoutSome(
  { gateway, providers }: RouteInput,
  without: readonly string[],
  api: GatewayApi,
): Promise<Result<Changed>> {
  const others = providers.filter(({ provider }) => !without.includes(provider));
  const answer = await api.route({ gateway, providers: others });
  if (!answer.success) return answer;
  const leftOut = without.map((provider) => ({
    provider,
    error:
      provider === "openrouter"
        ? gatewayError("openrouter_needs_mirror")
        : gatewayError("conflict", { provider }),
  }));
  return success({ ...answer.data, leftOut });
}

/** Only the first call succeeds. Later calls report a lost connection. */
function onlyOnce<T>(call: () => Promise<Result<T>>): () => Promise<Result<T>> {
  let calls = 0;
  return () => {
    calls += 1;
    return calls === 1 ? call() : Promise.resolve(failure("disconnected"));
  };
}

const query = new URLSearchParams(location.search);
document.documentElement.dataset["theme"] = query.get("theme") ?? "light";

const state = GALLERY_STATES.find(({ id }) => id === query.get("state"));
const root = document.getElementById("root");
if (root && state) {
  createRoot(root).render(
    <StrictMode>
      <CloudflareGatewaySection api={galleryApi(state)} />
    </StrictMode>,
  );
}
