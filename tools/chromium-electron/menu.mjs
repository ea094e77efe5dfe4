/** Electron's `Menu` and `MenuItem` as data: clicked by code, never shown. */
import { notImitated } from "./strict.mjs";

/**
 * @typedef {object} MenuItemOptions
 * @property {string} [id]
 * @property {string} [label]
 * @property {string} [role]
 * @property {string} [type]
 * @property {string} [accelerator]
 * @property {boolean} [enabled]
 * @property {boolean} [visible]
 * @property {boolean} [checked]
 * @property {MenuItemOptions[] | Menu} [submenu]
 * @property {(item: MenuItem, window: unknown, event: object) => void} [click]
 */

export class MenuItem {
  /** @type {MenuItemOptions["click"]} */
  #click;

  /** @param {MenuItemOptions} options */
  constructor(options) {
    const { submenu, click, role } = options;
    this.id = options.id;
    this.role = role;
    this.label = options.label ?? role ?? "";
    this.type = options.type ?? (submenu === undefined ? "normal" : "submenu");
    this.accelerator = options.accelerator;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
    this.#click = click;
  }

  /**
   * @param {object} [event]
   * @param {unknown} [window]
   */
  click(event = {}, window) {
    if (this.#click === undefined) throw notImitated(`clicking the menu item "${this.label}"`);
    this.#click(this, window, event);
  }
}

export class Menu {
  /** @type {Menu | null} */
  static #application = null;

  /** @type {MenuItem[]} */
  items = [];

  /** @param {(MenuItemOptions | MenuItem)[]} template */
  static buildFromTemplate(template) {
    const menu = new Menu();
    for (const entry of template) {
      menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry));
    }
    return menu;
  }

  /** @param {Menu | null} menu */
  static setApplicationMenu(menu) {
    Menu.#application = menu;
  }

  static getApplicationMenu() {
    return Menu.#application;
  }

  /** @param {MenuItem} item */
  append(item) {
    this.items.push(item);
  }

  /**
   * @param {number} position
   * @param {MenuItem} item
   */
  insert(position, item) {
    this.items.splice(position, 0, item);
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
}
