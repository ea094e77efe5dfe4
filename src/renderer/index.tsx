/** The page of the stand-alone window: follows the system's theme and mounts the shell. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { fontsLoaded } from "./shell/fonts";
import { SettingsShell } from "./shell/settings-shell";
import { followSystemTheme } from "./shell/system-theme";

import "./shell/fonts.css";
import "./shell/theme.css";
import "./shell/shell.css";
import "./section/section.css";

followSystemTheme(document.documentElement);

async function mount(root: HTMLElement): Promise<void> {
  await fontsLoaded();
  createRoot(root).render(
    <StrictMode>
      <SettingsShell />
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root) void mount(root);
