/** The app's life: one instance, one gateway, one window. */
import { join } from "node:path";

import { app, BrowserWindow, ipcMain } from "electron";

import { openCloudflareGateway } from "./gateway";
import { registerIpc } from "./ipc";
import { isPanel, openWindow, refusePermissions, registerAppScheme, serveApp } from "./window";

/** Set by `electron-vite dev` alone; a packaged app never looks at it. */
function devServerOrigin(): string | null {
  const url = process.env["ELECTRON_RENDERER_URL"];
  return app.isPackaged || !url ? null : new URL(url).origin;
}

function start(): void {
  const devServer = devServerOrigin();
  const gateway = openCloudflareGateway({
    testsFile: join(app.getPath("userData"), "tests.json"),
    settingsFile: join(app.getPath("userData"), "settings.json"),
    // The mux that this window is for need not know the gateway yet.
    mirror: true,
  });
  console.log(`mux Settings edits ${gateway.file}`);

  refusePermissions();
  serveApp(join(__dirname, "../renderer"));
  registerIpc(ipcMain, gateway, { isTrustedSender: (sender) => isPanel(sender, devServer) });
  openWindow(devServer);

  app.on("activate", () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(devServer);
  });
  app.on("second-instance", () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  let saved = false;
  app.on("will-quit", (event) => {
    if (saved) return;
    // What was clicked a moment ago still reaches the disk.
    event.preventDefault();
    const quit = (): void => {
      saved = true;
      app.quit();
    };
    void gateway.close().then(quit);
  });
}

app.setName("mux Settings");
if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  app.enableSandbox();
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  void app.whenReady().then(start);
} else {
  console.log("mux Settings is open already.");
  app.quit();
}
