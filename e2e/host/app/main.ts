/** The main process of a stand-in for mux: opens the gateway and connects it to the window. */
import { homedir } from "node:os";
import { join } from "node:path";

import { app, BrowserWindow, ipcMain, protocol } from "electron";
import { openCloudflareGateway, registerIpc } from "mux-cloudflare-gateway/main";

import { answerFile } from "./page-files";
import { serveOverHttp } from "./serve-over-http";
import { serveOverOrpc } from "./serve-over-orpc";
import { Services } from "./services";

const PAGE_FILES = join(__dirname, "page");
const PAGE = "host://mux/index.html";

async function start(): Promise<void> {
  const rootDir = process.env["MUX_ROOT"] ?? join(homedir(), ".mux");
  if (process.env["HOST_TRANSPORT"] === "orpc") {
    const services = new Services(rootDir);
    app.on("will-quit", () => void services.dispose());
    void new BrowserWindow().loadURL(await serveOverOrpc(services, PAGE_FILES));
    return;
  }
  const gateway = openCloudflareGateway({
    home: rootDir,
    testsFile: join(app.getPath("userData"), "cloudflare-tests.json"),
    mirror: false,
  });
  app.on("will-quit", () => void gateway.close());

  if (process.env["HOST_TRANSPORT"] === "http") {
    // mux's browser mode: a page without a preload script.
    const url = await serveOverHttp(gateway, PAGE_FILES);
    void new BrowserWindow().loadURL(url);
    return;
  }
  registerIpc(ipcMain, gateway, {
    isTrustedSender: ({ senderFrame }) => senderFrame?.parent === null && senderFrame.url === PAGE,
  });
  protocol.handle("host", (request) => answerFile(PAGE_FILES, new URL(request.url).pathname));
  const window = new BrowserWindow({
    webPreferences: { preload: join(__dirname, "preload.cjs"), sandbox: true },
  });
  void window.loadURL(PAGE);
}

protocol.registerSchemesAsPrivileged([
  { scheme: "host", privileges: { standard: true, secure: true } },
]);
app.on("window-all-closed", () => app.quit());
void app.whenReady().then(start);
