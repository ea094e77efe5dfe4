/** Electron's `Menu` and `MenuItem` as data: clicked by code, never shown. */
import { notImitated } from "./strict.mjs";

/**
 * @typedef {object} MenuItemOptions
 * @property {string} [id]
 * @property {string} [label]
 * @property {string} [role]
 * @property {string} [type]
 * @property {boolean} [enabled]
 * @property {boolean} [visible]
 * @property {boolean} [checked]
 * @property {MenuItemOptions[] | Menu} [submenu]
 * @property {(item: MenuItem, window: unknown, event: object) => void} [click]
 */

/**
 * The parts of the app that the roles act on.
 *
 * @typedef {{ quit: () => void, showAboutPanel: () => void, focusedWindow: () => any }} MenuTarget
 */

const OPTIONS = new Set([
  "id",
  "label",
  "role",
  "type",
  "enabled",
  "visible",
  "checked",
  "submenu",
  "click",
]);

/** Electron's types. `header` and `palette` exist on macOS only. */
const TYPES = new Set(["normal", "separator", "submenu", "checkbox", "radio", "header", "palette"]);

/**
 * Electron's roles with their labels, in lower case (docs/api/menu-item.md). Electron accepts an unknown role and then
 * does nothing, which no app wants.
 */
const ROLES = new Map([
  ["about", "About"],
  ["close", "Close"],
  ["copy", "Copy"],
  ["cut", "Cut"],
  ["delete", "Delete"],
  ["editmenu", "Edit"],
  ["filemenu", "File"],
  ["forcereload", "Force Reload"],
  ["front", "Bring All to Front"],
  ["help", "Help"],
  ["hide", "Hide"],
  ["hideothers", "Hide Others"],
  ["minimize", "Minimize"],
  ["paste", "Paste"],
  ["pasteandmatchstyle", "Paste and Match Style"],
  ["quit", "Quit"],
  ["redo", "Redo"],
  ["reload", "Reload"],
  ["resetzoom", "Actual Size"],
  ["selectall", "Select All"],
  ["services", "Services"],
  ["toggledevtools", "Toggle Developer Tools"],
  ["togglefullscreen", "Toggle Full Screen"],
  ["undo", "Undo"],
  ["unhide", "Show All"],
  ["viewmenu", "View"],
  ["window", "Window"],
  ["windowmenu", "Window"],
  ["zoom", "Zoom"],
  ["zoomin", "Zoom In"],
  ["zoomout", "Zoom Out"],
]);

/** The menus that a role fills, by their roles; without macOS's additions. */
const SUBMENUS = new Map([
  ["filemenu", ["quit"]],
  ["editmenu", ["undo", "redo", "", "cut", "copy", "paste", "delete", "", "selectall"]],
  [
    "viewmenu",
    [
      "reload",
      "forcereload",
      "toggledevtools",
      "",
      "resetzoom",
      "zoomin",
      "zoomout",
      "",
      "togglefullscreen",
    ],
  ],
  ["windowmenu", ["minimize", "zoom", "close"]],
]);

/** @type {MenuTarget | undefined} */
let target;

/** @param {MenuTarget} of */
export function menusActOn(of) {
  target = of;
}

/**
 * Performs a role's action, and returns whether it did. On macOS, the system handles almost all roles, so nothing happens
 * when code clicks them.
 *
 * @param {string | undefined} role
 * @param {any} window
 */
function execute(role, window) {
  if (role === undefined || target === undefined) return false;
  if (process.platform === "darwin" && role !== "reload") return false;
  switch (role) {
    case "about":
      target.showAboutPanel();
      return true;
    case "quit":
      target.quit();
      return true;
    case "close":
    case "minimize":
    case "reload":
      window?.[role]();
      return window !== undefined;
    default:
      throw notImitated(`clicking a menu item with the role ${role}`);
  }
}

export class MenuItem {
  /** @type {MenuItem[] | undefined} the radio items that share one mark */
  #group;
  #checked;

  /** @param {MenuItemOptions} options */
  constructor(options) {
    for (const name of Object.keys(options)) {
      if (!OPTIONS.has(name)) throw notImitated(`MenuItem's option ${name}`);
    }
    const role = options.role?.toLowerCase();
    if (role !== undefined && !ROLES.has(role)) throw notImitated(`the menu role ${options.role}`);
    const submenu = options.submenu ?? SUBMENUS.get(role ?? "")?.map(entryOf);
    const type = options.type ?? (submenu === undefined ? "normal" : "submenu");
    if (type === "submenu" && submenu === undefined) throw new Error("Invalid submenu");
    if (!TYPES.has(type)) throw new Error(`Unknown menu item type: ${type}`);
    this.id = options.id;
    this.label = options.label ?? ROLES.get(role ?? "") ?? "";
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.#checked = options.checked ?? false;
    const made = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
    /** @type {string | undefined} */
    this.role = role;
    /** @type {string} */
    this.type = type;
    /** @type {Menu | undefined} */
    this.submenu = made;
    for (const name of ["role", "type", "submenu"]) {
      Object.defineProperty(this, name, { writable: false });
    }
    const { click } = options;
    /**
     * @param {object} [event]
     * @param {unknown} [window]
     */
    this.click = (event = {}, window = target?.focusedWindow()) => {
      if (type === "checkbox" || type === "radio") this.checked = !this.checked;
      if (!execute(role, window)) click?.(this, window, event);
    };
  }

  get checked() {
    return this.#checked;
  }

  /** Setting the mark of a radio item moves it there from the others of its group, whatever the value. */
  set checked(value) {
    if (this.#group === undefined) {
      this.#checked = value;
      return;
    }
    for (const item of this.#group) item.#checked = item === this;
  }

  /** @param {MenuItem[]} group called by the menu that gets this radio item */
  joinGroup(group) {
    this.#group = group;
    group.push(this);
  }
}

/** @param {string} role empty: a separator */
function entryOf(role) {
  return role === "" ? { type: "separator" } : { role };
}

export class Menu {
  /** @type {Menu | null} */
  static #application = null;

  /** @type {MenuItem[]} */
  items = [];

  /** @param {(MenuItemOptions | MenuItem)[]} template */
  static buildFromTemplate(template) {
    if (!Array.isArray(template)) {
      throw new TypeError("Invalid template for Menu: Menu template must be an array");
    }
    const isValid = template.every(
      (entry) =>
        typeof entry === "object" &&
        entry !== null &&
        (Object.hasOwn(entry, "label") ||
          Object.hasOwn(entry, "role") ||
          entry.type === "separator"),
    );
    if (!isValid) {
      throw new TypeError(
        "Invalid template for MenuItem: must have at least one of label, role or type",
      );
    }
    const menu = new Menu();
    for (const entry of withoutExtraSeparators(template)) {
      menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry));
    }
    return menu;
  }

  /** @param {Menu | null} menu */
  static setApplicationMenu(menu) {
    if (menu !== null && !(menu instanceof Menu)) throw new TypeError("Invalid menu");
    Menu.#application = menu;
  }

  static getApplicationMenu() {
    return Menu.#application;
  }

  /** @param {MenuItem} item */
  append(item) {
    if (!(item instanceof MenuItem)) throw new TypeError("Invalid item");
    // A separator ends a group of radio items.
    if (item.type === "separator") this.#group = [];
    if (item.type === "radio") item.joinGroup(this.#group);
    this.items.push(item);
  }

  /**
   * @param {string} id
   * @returns {MenuItem | null}
   */
  getMenuItemById(id) {
    for (const item of this.items) {
      if (item.id === id) return item;
      const inside = item.submenu?.getMenuItemById(id);
      if (inside) return inside;
    }
    return null;
  }

  popup() {
    throw notImitated("Menu.popup");
  }

  /** @type {MenuItem[]} */
  #group = [];
}

/**
 * Electron drops separators at the edges and doubled ones.
 *
 * @template {{ type?: string | undefined }} Entry
 * @param {Entry[]} template
 */
function withoutExtraSeparators(template) {
  const single = template.filter(
    (entry, at) => entry.type !== "separator" || template[at - 1]?.type !== "separator",
  );
  return single.filter(
    (entry, at) => entry.type !== "separator" || (at !== 0 && at !== single.length - 1),
  );
}
