/** The page of the stand-alone window: follows the system's theme and mounts the shell. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { firstAnswers } from "./section/data/first-answers";
import { createGatewayClient } from "./section/data/queries";
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

async function mount(root: HTMLElement): Promise<void> {
  const client = createGatewayClient();
  await Promise.all([fontsLoaded(), firstAnswers(client, FIRST_ANSWERS_MS)]);
  createRoot(root).render(
    <StrictMode>
      <SettingsShell client={client} />
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root) void mount(root);
