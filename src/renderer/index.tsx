/** The page of the stand-alone window: follows the system's theme and mounts the shell. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { SettingsShell } from "./shell/settings-shell";
import { followSystemTheme } from "./shell/system-theme";

import "./shell/theme.css";
import "./shell/shell.css";
import "./gateway/gateway.css";

followSystemTheme(document.documentElement);

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <SettingsShell />
    </StrictMode>,
  );
}
