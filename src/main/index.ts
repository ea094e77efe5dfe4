/** Starts the app: one instance, one gateway, one window. */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { app, BrowserWindow, ipcMain, Menu, nativeTheme, safeStorage, screen } from "electron";

import { APP_NAME } from "../shared/app-name";
import { devServerOrigin } from "./app/dev-server";
import type { JsonFile } from "./disk/json-file";
import { openCloudflareGateway, type CloudflareGateway } from "./gateway";
import { registerIpc } from "./ipc/ipc";
import { consoleLog } from "./text/log";
import {
  exitWithoutDataFolder,
  exitWithoutLock,
  exitWithoutWindow,
  reportUncaughtErrors,
} from "./app/fatal-error";
import { preloadWhenIdle, type IdlePreload } from "./app/idle-preload";
import { warmUpResponses } from "./app/app-files";
import { takeInstanceLock } from "./app/instance-lock";
import { menuTemplate } from "./app/menu";
import { aboutPanel } from "./app/menu-about";
import { keepOneWindow } from "./app/one-window";
import { isPanel } from "./app/panel-sender";
import { endAfterQuit } from "./app/quit-intent";
import { enforceSandbox } from "./app/sandbox";
import { chooseTheme, openThemeSettings, rememberedTheme, type ThemeSettings } from "./app/theme";
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

/** The settings that the window reads from the data folder before it opens. */
interface FirstReadings {
  readonly themeSettings: JsonFile<ThemeSettings>;
  readonly theme: ThemeChoice;
  readonly windowState: WindowState | null;
}

/** Reads while Chromium starts, so that the window need not wait for the disk. */
async function readFirst(): Promise<FirstReadings> {
  const themeSettings = openThemeSettings(inUserData("settings.json"), consoleLog);
  const [theme, windowState] = await Promise.all([
    rememberedTheme(themeSettings),
    readWindowState(inUserData("window.json")),
  ]);
  return { themeSettings, theme, windowState };
}

function inUserData(name: string): string {
  return join(app.getPath("userData"), name);
}

/**
 * Opens the window before anything is read for the page, whose process starts meanwhile. All that the page
 * can call is registered in the same task. `onWindowClosing` is called at the window's `close` event.
 */
function start(first: FirstReadings, onWindowClosing: () => void): void {
  const { gateway, touch } = openGateway();
  const devServer = devServerOrigin(app, process.env);
  const windowFile = inUserData("window.json");
  /** All writes in progress. The app waits for them before it quits. */
  let pendingWrites: Promise<unknown> = Promise.resolve();
  const trackWrite = (saving: Promise<unknown>): void => {
    pendingWrites = Promise.all([pendingWrites, saving]);
  };
  const openAt = (state: WindowState | null): void => {
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

  refusePermissions();
  serveApp(join(__dirname, "../renderer"), touch);
  nativeTheme.themeSource = first.theme;
  showMenu(gateway, first.theme, (choice) => {
    trackWrite(chooseTheme(nativeTheme, choice, first.themeSettings, consoleLog));
  });
  openAt(first.windowState);
  // Starts to read and watch the file.
  registerIpc(ipcMain, gateway, { isTrustedSender: (sender) => isPanel(sender, devServer) });
  // The page asks for them when its process has started, and they take longer the first time.
  setImmediate(() => {
    void warmUpResponses();
    void gateway.tests();
  });

  const show = keepOneWindow({
    current: () => BrowserWindow.getAllWindows()[0],
    open: async () => {
      await pendingWrites;
      openAt(await readWindowState(windowFile));
    },
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
  app.on("activate", showAgain);
  app.on("second-instance", showAgain);
  consoleLog.info(`mux Settings edits ${gateway.file}`);
}

/** Reads nothing before the first call. */
function openGateway(): IdlePreload {
  const gateway = openCloudflareGateway({
    testsFile: inUserData("tests.json"),
    settingsFile: inUserData("settings.json"),
    // Released versions of mux do not read gateway settings yet.
    mirror: true,
    openFile,
    secrets: openSecretFile({
      file: inUserData("cloudflare-api-token"),
      storage: safeStorage,
      platform: process.platform,
    }),
  });
  return preloadWhenIdle(gateway, {
    load: (providers) => loadTestCode(providers, () => wait(STEP_PAUSE_MS)),
    idleMs: IDLE_MS,
  });
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
    Promise.all([readFirst(), app.whenReady()])
      .then(([first]) => start(first, onWindowClosing))
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
