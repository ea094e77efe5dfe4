/** Builds the "About" panel: the versions of the app, Electron, Chromium and Node.js. */
import type { AboutPanelOptionsOptions } from "electron";

export interface AboutFacts {
  readonly platform: NodeJS.Platform;
  readonly appName: string;
  readonly appVersion: string;
  readonly versions: Readonly<Partial<Record<string, string>>>;
}

/** For `app.setAboutPanelOptions`. Only macOS shows `version` on a separate line. */
export function aboutPanel(facts: AboutFacts): AboutPanelOptionsOptions {
  const { platform, appName, appVersion, versions } = facts;
  const runsOn = [
    ["Electron", versions["electron"]],
    ["Chromium", versions["chrome"]],
    ["Node.js", versions["node"]],
  ]
    .filter(([, version]) => version)
    .map((part) => part.join(" "))
    .join(", ");
  const copyright = "MIT License. Not affiliated with Cloudflare or mux.";
  const common = { applicationName: appName, copyright };
  return platform === "darwin"
    ? { ...common, applicationVersion: appVersion, version: runsOn }
    : { ...common, applicationVersion: `${appVersion} (${runsOn})` };
}
