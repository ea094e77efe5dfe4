/** The gallery's page: the section in the state and the theme that its address names. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import type { GatewayApi } from "../../shared/contract";
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { CloudflareGatewaySection } from "../section/section";
import { GALLERY_STATES, type GalleryState } from "./gallery-states";
import { MemoryGateway } from "./memory-gateway";
import { view } from "./sample-views";

/** The state's own answers, and those of a gateway in memory for the rest. */
function galleryApi(state: GalleryState): GatewayApi {
  const { providers, remembered = [], finds, refuses, isLostAfterwards = false } = state;
  const memory = new MemoryGateway(providers?.success === true ? providers.data : view());
  memory.refuseNext = refuses ?? null;
  return {
    ...memory.api,
    ...(providers?.success === true
      ? {}
      : {
          providers: () =>
            providers === null ? new Promise(() => undefined) : Promise.resolve(providers),
        }),
    ...(isLostAfterwards ? { providers: once(memory.api.providers) } : {}),
    ...(finds === undefined
      ? {}
      : {
          test: (input) => Promise.resolve(typeof finds === "function" ? finds(input) : finds),
        }),
    setMirror: (input) =>
      refuses === undefined
        ? memory.api.setMirror(input)
        : Promise.resolve({ success: false, error: refuses }),
    tests: () => Promise.resolve(success({ tests: remembered, models: [] })),
  };
}

/** The first answer; from then on nobody is there. */
function once<T>(call: () => Promise<Result<T>>): () => Promise<Result<T>> {
  let calls = 0;
  return () => {
    calls += 1;
    return calls === 1 ? call() : Promise.resolve(failure("disconnected"));
  };
}

const asked = new URLSearchParams(location.search);
document.documentElement.dataset["theme"] = asked.get("theme") ?? "light";

const state = GALLERY_STATES.find(({ id }) => id === asked.get("state"));
const root = document.getElementById("root");
if (root && state) {
  createRoot(root).render(
    <StrictMode>
      <CloudflareGatewaySection api={galleryApi(state)} />
    </StrictMode>,
  );
}
