/** Builds the application menu's template, with the entries expected on each platform. */
import type { MenuItemConstructorOptions } from "electron";

import { GATEWAYS_PAGE } from "../../shared/dashboard";
import { THEME_CHOICES, type ThemeChoice } from "./theme-choice";

type Entry = MenuItemConstructorOptions;

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly appName: string;
  readonly theme: ThemeChoice;
  /** Adds reload and developer tools. */
  readonly development: boolean;
  readonly chooseTheme: (choice: ThemeChoice) => void;
  /** Shows providers.jsonc in the file manager. */
  readonly revealFile: () => void;
  /** Opens providers.jsonc in the system's default program. */
  readonly openFile: () => void;
  /** Opens one of `HELP_LINKS` in the system browser. */
  readonly openLink: (url: string) => void;
}

/** `mayOpenExternally` allows each of them. */
export const HELP_LINKS = [
  { label: "About AI Gateway", url: "https://developers.cloudflare.com/ai-gateway/" },
  {
    label: "Authenticated Gateway",
    url: "https://developers.cloudflare.com/ai-gateway/configuration/authentication/",
  },
  { label: "Open AI Gateway", url: GATEWAYS_PAGE },
] as const;

const THEME_LABELS: Readonly<Record<ThemeChoice, string>> = {
  system: "System",
  light: "Light",
  dark: "Dark",
};

const SEPARATOR: Entry = { type: "separator" };

/** The template for `Menu.buildFromTemplate`. */
export function menuTemplate(options: MenuOptions): Entry[] {
  const mac = options.platform === "darwin";
  return [
    ...(mac ? [appMenu(options.appName)] : []),
    fileMenu(options, mac),
    // Undo and Redo act on text fields. Outside text fields, the panel handles these keys itself.
    { role: "editMenu" },
    viewMenu(options),
    { role: "windowMenu" },
    helpMenu(options, mac),
  ];
}

function appMenu(appName: string): Entry {
  return {
    label: appName,
    submenu: [
      { role: "about" },
      SEPARATOR,
      { role: "services" },
      SEPARATOR,
      { role: "hide" },
      { role: "hideOthers" },
      { role: "unhide" },
      SEPARATOR,
      { role: "quit" },
    ],
  };
}

function fileMenu({ revealFile, openFile }: MenuOptions, mac: boolean): Entry {
  const reveal = () => {
    revealFile();
  };
  const open = () => {
    openFile();
  };
  return {
    label: "&File",
    submenu: [
      { id: "file-reveal", label: "Show providers.jsonc", click: reveal },
      { id: "file-open", label: "Open providers.jsonc", click: open },
      SEPARATOR,
      { role: mac ? "close" : "quit" },
    ],
  };
}

function viewMenu({ theme, chooseTheme, development }: MenuOptions): Entry {
  const themes = THEME_CHOICES.map((choice): Entry => ({
    id: `theme-${choice}`,
    label: THEME_LABELS[choice],
    type: "radio",
    checked: choice === theme,
    click: () => {
      chooseTheme(choice);
    },
  }));
  const forDevelopment: Entry[] = [{ role: "reload" }, { role: "toggleDevTools" }, SEPARATOR];
  return {
    label: "&View",
    submenu: [
      ...(development ? forDevelopment : []),
      { label: "Theme", submenu: themes },
      SEPARATOR,
      { role: "resetZoom", label: "Actual Size" },
      { role: "zoomIn" },
      { role: "zoomOut" },
      SEPARATOR,
      { role: "togglefullscreen" },
    ],
  };
}

function helpMenu({ openLink }: MenuOptions, mac: boolean): Entry {
  const links = HELP_LINKS.map(({ label, url }): Entry => ({
    label,
    click: () => {
      openLink(url);
    },
  }));
  const about: Entry[] = [SEPARATOR, { role: "about" }];
  return { role: "help", submenu: [...links, ...(mac ? [] : about)] };
}
