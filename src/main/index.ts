/** The app's life: one instance, one gateway, one window. */
import { join } from "node:path";

import { app, BrowserWindow, ipcMain, Menu, nativeTheme, screen } from "electron";

import { openCloudflareGateway } from "./gateway";
import { registerIpc } from "./ipc";
import { consoleLog } from "./log";
import { menuTemplate } from "./menu";
import { aboutPanel } from "./menu-about";
import { applyRememberedTheme, chooseTheme } from "./theme";
import type { ThemeChoice } from "./theme-choice";
import {
  isPanel,
  openFile,
  openLink,
  openWindow,
  refusePermissions,
  registerAppScheme,
  revealFile,
  serveApp,
} from "./window";
import { placeWindow, type WindowState } from "./window-state";
import { readWindowState, saveWindowState } from "./window-state-file";

/** Set by `electron-vite dev` alone; a packaged app never looks at it. */
function devServerOrigin(): string | null {
  const url = process.env["ELECTRON_RENDERER_URL"];
  return app.isPackaged || !url ? null : new URL(url).origin;
}

async function start(): Promise<void> {
  const devServer = devServerOrigin();
  const own = (name: string): string => join(app.getPath("userData"), name);
  const settingsFile = own("settings.json");
  const gateway = openCloudflareGateway({
    testsFile: own("tests.json"),
    settingsFile,
    // The mux that this window is for need not know the gateway yet.
    mirror: true,
  });
  console.log(`mux Settings edits ${gateway.file}`);

  refusePermissions();
  serveApp(join(__dirname, "../renderer"));
  registerIpc(ipcMain, gateway, { isTrustedSender: (sender) => isPanel(sender, devServer) });

  const windowFile = own("window.json");
  let remembered: Promise<unknown> = Promise.resolve();
  const open = async (): Promise<void> => {
    await remembered;
    const state = await readWindowState(windowFile);
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const onClose = (closed: WindowState): void => {
      remembered = saveWindowState(windowFile, closed);
    };
    openWindow({ devServer, place: placeWindow(state, workAreas), onClose });
  };
  let saved = false;
  app.on("will-quit", (event) => {
    if (saved) return;
    // What was clicked a moment ago still reaches the disk.
    event.preventDefault();
    const quit = (): void => {
      saved = true;
      app.quit();
    };
    void Promise.all([gateway.close(), remembered]).then(quit);
  });

  const theme = await applyRememberedTheme(nativeTheme, settingsFile, consoleLog);
  showMenu(gateway.file, theme, (choice) => {
    remembered = Promise.all([
      remembered,
      chooseTheme(nativeTheme, choice, settingsFile, consoleLog),
    ]);
  });
  await open();

  app.on("activate", () => {
    if (BrowserWindow.getAllWindows().length === 0) void open();
  });
  app.on("second-instance", () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
}

function showMenu(file: string, theme: ThemeChoice, choose: (choice: ThemeChoice) => void): void {
  const { platform, versions } = process;
  const appName = app.getName();
  app.setAboutPanelOptions(
    aboutPanel({ platform, appName, appVersion: app.getVersion(), versions }),
  );
  const template = menuTemplate({
    platform,
    appName,
    theme,
    development: !app.isPackaged,
    chooseTheme: choose,
    openLink,
    revealFile: () => {
      revealFile(file);
    },
    openFile: () => {
      void openFile(file);
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
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
