/** Starts the app: one instance, one gateway, one window. */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { app, BrowserWindow, ipcMain, Menu, nativeTheme, safeStorage, screen } from "electron";

import { APP_NAME } from "../shared/app-name";
import { devServerOrigin } from "./app/dev-server";
import { openCloudflareGateway, type CloudflareGateway } from "./gateway";
import { registerIpc } from "./ipc/ipc";
import { consoleLog } from "./text/log";
import {
  exitWithoutDataFolder,
  exitWithoutLock,
  exitWithoutWindow,
  reportUncaughtErrors,
} from "./app/fatal-error";
import { preloadWhenIdle } from "./app/idle-preload";
import { takeInstanceLock } from "./app/instance-lock";
import { menuTemplate } from "./app/menu";
import { aboutPanel } from "./app/menu-about";
import { keepOneWindow } from "./app/one-window";
import { isPanel } from "./app/panel-sender";
import { endAfterQuit } from "./app/quit-intent";
import { enforceSandbox } from "./app/sandbox";
import { applyRememberedTheme, chooseTheme, openThemeSettings } from "./app/theme";
import { openSecretFile } from "./app/secret-file";
import type { ThemeChoice } from "./app/theme-choice";
import {
  openFile,
  openLink,
  openWindow,
  refusePermissions,
  registerAppScheme,
  revealFile,
  serveApp,
} from "./app/window";
import { placeWindow, type WindowState } from "./app/window-state";
import { readWindowState, saveWindowState } from "./app/window-state-file";
import { loadTestCode } from "./proof/probe-route";

/** Longer than a page is busy at once while it is painted. */
const IDLE_MS = 1_000;
/** Between two packages, so that a click need not wait for all of them. */
const STEP_PAUSE_MS = 50;

/** `onWindowClosing` is called at the window's `close` event. */
async function start(onWindowClosing: () => void): Promise<void> {
  const devServer = devServerOrigin(app, process.env);
  const inUserData = (name: string): string => join(app.getPath("userData"), name);
  const settingsFile = inUserData("settings.json");
  const { gateway, touch } = preloadWhenIdle(
    openCloudflareGateway({
      testsFile: inUserData("tests.json"),
      settingsFile,
      // Released versions of mux do not read gateway settings yet.
      mirror: true,
      openFile,
      secrets: openSecretFile({
        file: inUserData("cloudflare-api-token"),
        storage: safeStorage,
        platform: process.platform,
      }),
    }),
    { load: (providers) => loadTestCode(providers, () => wait(STEP_PAUSE_MS)), idleMs: IDLE_MS },
  );
  consoleLog.info(`mux Settings edits ${gateway.file}`);

  refusePermissions();
  serveApp(join(__dirname, "../renderer"), touch);
  registerIpc(ipcMain, gateway, { isTrustedSender: (sender) => isPanel(sender, devServer) });

  const windowFile = inUserData("window.json");
  /** All writes in progress. The app waits for them before it quits. */
  let pendingWrites: Promise<unknown> = Promise.resolve();
  const trackWrite = (saving: Promise<unknown>): void => {
    pendingWrites = Promise.all([pendingWrites, saving]);
  };
  const open = async (): Promise<void> => {
    await pendingWrites;
    const state = await readWindowState(windowFile);
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const onClose = (closed: WindowState): void => {
      onWindowClosing();
      trackWrite(saveWindowState(windowFile, closed));
    };
    openWindow({
      devServer,
      place: placeWindow(state, workAreas),
      onClose,
      onFailure: exitWithoutWindow,
    });
  };
  const show = keepOneWindow({
    current: () => BrowserWindow.getAllWindows()[0],
    open,
    onFailure: exitWithoutWindow,
  });
  const showAgain = (): void => void show();
  let saved = false;
  app.on("will-quit", (event) => {
    if (saved) return;
    // A start from now on opens its own window, because this one cannot open another.
    app.releaseSingleInstanceLock();
    app.off("activate", showAgain);
    // Lets the last click reach the disk before the app quits.
    event.preventDefault();
    const quit = (): void => {
      saved = true;
      app.quit();
    };
    void Promise.allSettled([gateway.close(), pendingWrites]).then(quit);
  });

  const themeSettings = openThemeSettings(settingsFile, consoleLog);
  const theme = await applyRememberedTheme(nativeTheme, themeSettings);
  showMenu(gateway, theme, (choice) => {
    trackWrite(chooseTheme(nativeTheme, choice, themeSettings, consoleLog));
  });
  app.on("activate", showAgain);
  app.on("second-instance", showAgain);
  await show();
}

function showMenu(
  gateway: CloudflareGateway,
  theme: ThemeChoice,
  choose: (choice: ThemeChoice) => void,
): void {
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
      revealFile(gateway.file);
    },
    openFile: () => {
      void gateway.openFile();
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

app.setName(APP_NAME);
reportUncaughtErrors();
switch (takeInstanceLock(app, process.platform)) {
  case "taken": {
    registerAppScheme();
    enforceSandbox(app);
    const onWindowClosing = endAfterQuit(app, process.platform);
    app
      .whenReady()
      .then(() => start(onWindowClosing))
      .catch(exitWithoutWindow);
    break;
  }
  case "running":
    consoleLog.info("mux Settings is already running.");
    app.quit();
    break;
  case "no-lock":
    exitWithoutLock(app.getPath("userData"));
    break;
  case "no-folder":
    exitWithoutDataFolder(app.getPath("userData"));
    break;
}
