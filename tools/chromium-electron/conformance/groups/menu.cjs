/** The application menu, clicked by code. */
"use strict";

const { app, Menu } = require("electron");
const { answer, thrownBy } = require("../answer.cjs");

async function run() {
  await app.whenReady();
  /** @type {string[]} */
  const clicked = [];
  const theme = (/** @type {string} */ id, checked = false) => ({
    id,
    label: id,
    type: /** @type {const} */ ("radio"),
    checked,
    click: (/** @type {Electron.MenuItem} */ item) =>
      void clicked.push(`${item.id} ${item.checked}`),
  });
  const menu = Menu.buildFromTemplate([
    {
      label: "Theme",
      submenu: [theme("one", true), theme("two"), { type: "separator" }, theme("other", true)],
    },
    { role: "editMenu" },
    { role: "windowMenu" },
    {
      role: "help",
      submenu: [{ id: "link", label: "Link", click: () => void clicked.push("link") }],
    },
  ]);
  Menu.setApplicationMenu(menu);
  const marks = () => ["one", "two", "other"].map((id) => menu.getMenuItemById(id)?.checked);
  await answer("menu-application", () => Menu.getApplicationMenu() === menu);
  await answer("menu-by-id", () => [
    menu.getMenuItemById("link")?.label,
    menu.getMenuItemById("none"),
  ]);
  await answer("menu-radio-moves", () => {
    menu.getMenuItemById("two")?.click();
    return [marks(), clicked.at(-1)];
  });
  await answer("menu-radio-stays", () => {
    menu.getMenuItemById("two")?.click();
    return marks();
  });
  await answer("menu-click", () => {
    menu.getMenuItemById("link")?.click();
    return clicked.at(-1);
  });
  await answer("menu-role-submenu", () =>
    menu.items[1]?.submenu?.items.some(({ role }) => role === "copy"),
  );
  await answer("menu-role-label", () => menu.items[1]?.label);
  await answer("menu-unknown-type", () =>
    thrownBy(() => Menu.buildFromTemplate([{ label: "x", type: /** @type {any} */ ("toggle") }])),
  );
  await answer("menu-empty-item", () => thrownBy(() => Menu.buildFromTemplate([{}])));
  await answer("menu-not-an-array", () =>
    thrownBy(() => Menu.buildFromTemplate(/** @type {any} */ ({ label: "x" }))),
  );
  await answer("menu-separators", () => {
    const separator = { type: /** @type {const} */ ("separator") };
    const entry = { label: "x" };
    return Menu.buildFromTemplate([separator, entry, separator, separator, entry, separator]).items
      .length;
  });
  await answer("menu-role-before-click", () => {
    if (process.platform === "darwin") return "quit only";
    let isCalled = false;
    app.once("before-quit", (event) => {
      event.preventDefault();
      clicked.push("before-quit");
    });
    const item = Menu.buildFromTemplate([{ role: "quit", click: () => (isCalled = true) }])
      .items[0];
    item?.click();
    return isCalled ? "its own click" : "quit only";
  });
  app.exit(0);
}

void run();
