/** The main process of a stand-in for mux: opens the gateway and connects it to the window. */
import { join } from "node:path";

import { app, BrowserWindow, ipcMain, protocol } from "electron";
import { openCloudflareGateway, registerIpc } from "mux-cloudflare-gateway/main";

import { answerFile } from "./page-files";
import { serveOverHttp } from "./serve-over-http";

const PAGE = join(__dirname, "page");

async function start(): Promise<void> {
  const gateway = openCloudflareGateway({
    ...(process.env["MUX_ROOT"] ? { home: process.env["MUX_ROOT"] } : {}),
    testsFile: join(app.getPath("userData"), "cloudflare-tests.json"),
  });
  app.on("will-quit", () => void gateway.close());

  if (process.env["HOST_TRANSPORT"] === "http") {
    const url = await serveOverHttp(gateway, PAGE);
    void new BrowserWindow({ width: 1000, height: 780 }).loadURL(url);
    return;
  }
  protocol.handle("host", (request) => answerFile(PAGE, new URL(request.url).pathname));
  const window = new BrowserWindow({
    width: 1000,
    height: 780,
    webPreferences: { preload: join(__dirname, "preload.cjs"), sandbox: true },
  });
  registerIpc(ipcMain, gateway, {
    isTrustedSender: ({ sender, senderFrame }) =>
      sender === window.webContents && senderFrame?.url.startsWith("host://mux/") === true,
  });
  void window.loadURL("host://mux/index.html");
}

protocol.registerSchemesAsPrivileged([
  { scheme: "host", privileges: { standard: true, secure: true } },
]);
app.on("window-all-closed", () => app.quit());
void app.whenReady().then(start);
