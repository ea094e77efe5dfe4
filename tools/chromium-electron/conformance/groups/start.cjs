/** The app before and at its start. */
"use strict";

const { app, BrowserWindow, dialog, protocol, safeStorage, screen, session } = require("electron");
const { answer, thrownBy } = require("../answer.cjs");

async function run() {
  await answer("main-module", () => typeof process.mainModule);
  await answer("process-type", () => process.type);
  await answer("not-packaged", () => [app.isPackaged, process.defaultApp]);
  await answer("node-version", () => Number(process.versions.node.split(".")[0]) >= 24);
  await answer("argv", () => [
    process.argv.some((arg) => arg.startsWith("--user-data-dir=")),
    process.argv.at(-1),
  ]);
  await answer("switches", () => [
    app.commandLine.hasSwitch("user-data-dir"),
    app.commandLine.hasSwitch("never-given"),
    app.commandLine.getSwitchValue("conformance-switch"),
  ]);
  await answer("preloaded-module", () => Reflect.get(globalThis, "preloadedModule"));
  await answer("not-ready", () => app.isReady());
  await answer("window-before-ready", () => thrownBy(() => new BrowserWindow()));
  await answer("screen-before-ready", () => thrownBy(() => screen.getAllDisplays()));
  await answer("session-before-ready", () => thrownBy(() => session.defaultSession));
  await answer("safe-storage-before-ready", async () => [
    safeStorage.isEncryptionAvailable(),
    await safeStorage.isAsyncEncryptionAvailable(),
    thrownBy(() => safeStorage.encryptString("x")),
  ]);
  await answer("error-box-before-ready", () => {
    if (process.platform !== "linux") return "returned";
    dialog.showErrorBox("conformance title", "conformance text");
    return "returned";
  });
  await answer("name", () => {
    app.setName("Conformance App");
    return app.getName();
  });
  await answer("user-data-kept", () => {
    const before = app.getPath("userData");
    app.setName("Another Name");
    return app.getPath("userData") === before;
  });
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true } },
  ]);
  // It would remove the switch, without which root cannot start.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  await app.whenReady();
  await answer("ready", () => app.isReady());
  await answer("unknown-scheme", () =>
    process.platform === "linux" ? app.getApplicationNameForProtocol("conformance-no-app://") : "",
  );
  await answer("sandbox-after-ready", () => thrownBy(() => app.enableSandbox()));
  await answer("scheme-after-ready", () =>
    thrownBy(() => protocol.registerSchemesAsPrivileged([{ scheme: "late" }])),
  );
  await answer("displays", () => {
    const { workArea } = screen.getPrimaryDisplay();
    return [screen.getAllDisplays().length > 0, workArea.width > 0, workArea.height > 0];
  });
  await answer("handle-twice", () => {
    protocol.handle("app", () => new Response(""));
    return thrownBy(() => protocol.handle("app", () => new Response(""))) !== "nothing";
  });
  await answer("safe-storage", async () => {
    const encrypted = await safeStorage.encryptStringAsync("secret");
    const { result } = await safeStorage.decryptStringAsync(encrypted);
    return [Buffer.isBuffer(encrypted), encrypted.includes("secret"), result];
  });
  await answer("safe-storage-backend", () => {
    if (process.platform !== "linux") return "known";
    const names = ["basic_text", "gnome_libsecret", "kwallet", "kwallet5", "kwallet6"];
    return names.includes(safeStorage.getSelectedStorageBackend()) ? "known" : "unknown";
  });
  await answer("exit-code", () => "asked");
  app.exit(7);
}

void run();
