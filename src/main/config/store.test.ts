import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { ProvidersView } from "../../shared/view";
import type { Log } from "../log";
import { openProvidersStore, type ProvidersStore } from "./store";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const OTHER_ACCOUNT = "fedcba9876543210fedcba9876543210";
const SECRET = "sk-ant-secret-0000000000000000";
const TOKEN = "gateway-token-1111111111111111";
const silent: Log = { info: () => undefined, warn: () => undefined };

const SAMPLE = `// my providers
{
  "anthropic": {
    "apiKey": "${SECRET}", // private
  },
  // a second one
  "openai": { "apiKey": "${SECRET}" },
  "local": { "providerType": "openai-compatible", "baseUrl": "https://llm.example.com/v1" },
}
`;

let directory: string;
let file: string;
const opened: ProvidersStore[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "store-"));
  file = join(directory, "home", "providers.jsonc");
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await rm(directory, { recursive: true, force: true });
});

function open(env: NodeJS.ProcessEnv = {}): ProvidersStore {
  const store = openProvidersStore({ file, env, log: silent });
  opened.push(store);
  return store;
}

async function put(text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

const text = () => readFile(file, "utf8");
const row = (view: ProvidersView, id: string) => view.providers.find((found) => found.id === id);
const gateway = { accountId: ACCOUNT, gatewayName: "my-gateway" };

describe("switching", () => {
  test("on adds the block of mux's documentation and nothing else", async () => {
    await put(SAMPLE);
    const done = await open().enable({ provider: "anthropic", ...gateway });
    expect(done).toMatchObject({ success: true });
    expect(await text()).toBe(
      SAMPLE.replace(
        `", // private\n`,
        `", // private
    "cloudflareGateway": {
      "accountId": "${ACCOUNT}",
      "gatewayName": "my-gateway"
    },\n`,
      ),
    );
  });

  test("off and on again ends at the same bytes", async () => {
    await put(SAMPLE);
    const store = open();
    await store.enable({ provider: "openai", ...gateway, token: TOKEN });
    const on = await text();
    const off = await store.disable({ provider: "openai" });
    expect(off.success && row(off.data, "openai")).toMatchObject({
      route: "direct",
      gateway: { ...gateway, hasToken: true },
    });
    expect(await text()).toContain(`"cloudflareGatewayDisabled": {`);
    await store.enable({ provider: "openai", ...gateway });
    expect(await text()).toBe(on);
  });

  test("creates a missing file and its directory for the user alone", async () => {
    const done = await open().enable({ provider: "anthropic", ...gateway });
    expect(done).toMatchObject({ success: true, data: { exists: true } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
  });

  test("leaves no lock and no temporary file behind", async () => {
    await put(SAMPLE);
    await open().enable({ provider: "anthropic", ...gateway });
    expect(await readdir(dirname(file))).toEqual(["providers.jsonc"]);
  });
});
