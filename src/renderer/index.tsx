/** The page of the stand-alone window: follows the system's theme and mounts the shell. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { QueryClient } from "@tanstack/react-query";

import { firstAnswers, hasNoGateway } from "./section/data/first-answers";
import { createGatewayClient } from "./section/data/queries";
import { loadAddGateway } from "./section/gateway/add-gateway-on-demand";
import { fontsLoaded } from "./shell/fonts";
import { SettingsShell } from "./shell/settings-shell";
import { followSystemTheme } from "./shell/system-theme";

import "./shell/fonts.css";
import "./shell/theme.css";
import "./shell/shell.css";
import "./section/section.css";

followSystemTheme(document.documentElement);

/** How long the first paint waits for main, in milliseconds. After that, the section shows that it loads. */
const FIRST_ANSWERS_MS = 200;

/** Loads the form that the first start shows, and nothing otherwise. */
async function prepareFirstStart(client: QueryClient): Promise<void> {
  // Without the form, the section still loads it by itself.
  if (hasNoGateway(client)) await loadAddGateway().catch(() => undefined);
}

/** Resolves when the browser has drawn a frame. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

async function mount(root: HTMLElement): Promise<void> {
  const client = createGatewayClient();
  const answers = firstAnswers(client, FIRST_ANSWERS_MS).then(() => prepareFirstStart(client));
  await Promise.all([fontsLoaded(), answers]);
  createRoot(root).render(
    <StrictMode>
      <SettingsShell client={client} />
    </StrictMode>,
  );
  // After the first screen, which does not use them. Without them, parts that open look plain.
  await nextFrame();
  await import("./section/later.css").catch(() => undefined);
}

const root = document.getElementById("root");
if (root) void mount(root);
