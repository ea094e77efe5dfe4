import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { ProvidersView } from "../../shared/view";
import type { Log } from "../text/log";
import { PRIVATE_DIRECTORY, PRIVATE_FILE } from "../disk/testing/posix";
import { openProvidersStore, type ProvidersStore } from "./store";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
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
  "mine": { "providerType": "openai-compatible", "baseUrl": "https://llm.example.com/v1" },
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
  await removeDirectory(directory);
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

/** Saves like mux: writes a new file and renames it. */
async function replace(text: string): Promise<void> {
  await writeFile(`${file}.theirs`, text);
  await rename(`${file}.theirs`, file);
}

const text = () => readFile(file, "utf8");
const row = (view: ProvidersView, id: string) => view.providers.find((found) => found.id === id);
const gateway = { accountId: ACCOUNT, gatewayName: "my-gateway" };
const ID = "anthropic";
const block = (name: string) =>
  `"cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "${name}" }`;

async function markIn(store: ProvidersStore, id = "anthropic"): Promise<string> {
  return row((await store.read()).view, id)?.mark ?? "";
}

describe("switching", () => {
  test("adds only the block of mux's documentation when enabling", async () => {
    await put(SAMPLE);
    const done = await open().enable("anthropic", gateway);
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

  test("restores the bytes when disabling and enabling again", async () => {
    await put(SAMPLE);
    const store = open();
    await store.enable("openai", { ...gateway, token: TOKEN });
    const switched = await text();
    const done = await store.disable("openai");
    expect(done.success && row(done.data, "openai")).toMatchObject({
      route: "direct",
      gateway: { ...gateway, hasToken: true },
    });
    expect(await text()).toContain(`"cloudflareGatewayDisabled": {`);
    await store.enable("openai", gateway);
    expect(await text()).toBe(switched);
  });

  test("stores that the gateway is open when the user confirmed it", async () => {
    await put(SAMPLE);
    const store = open();
    const done = await store.enable("anthropic", { ...gateway, open: true });
    expect(await text()).toContain(`"gatewayName": "my-gateway",\n      "token": null`);
    expect(done).toMatchObject({ data: { gateways: [{ token: "open" }] } });
    const both = await store.enable("anthropic", { ...gateway, open: true, token: TOKEN });
    expect(both).toMatchObject({ success: false, error: { code: "input_invalid" } });
    await store.undo();
    expect(await text()).toBe(SAMPLE);
  });

  test("creates a private file and directory when they are missing", async () => {
    const done = await open().enable("anthropic", gateway);
    expect(done).toMatchObject({ success: true, data: { exists: true } });
    expect((await stat(file)).mode & 0o777).toBe(PRIVATE_FILE);
    expect((await stat(dirname(file))).mode & 0o777).toBe(PRIVATE_DIRECTORY);
  });

  test("leaves no lock and no temporary file when it is done", async () => {
    await put(SAMPLE);
    await open().enable("anthropic", gateway);
    expect(await readdir(dirname(file))).toEqual(["providers.jsonc"]);
  });
});

describe("reading", () => {
  test("returns the view without secrets and the configurations with them", async () => {
    await put(SAMPLE);
    const { view, providers } = await open().read();
    expect(view).toMatchObject({ file, exists: true, problem: null, undoSteps: 0 });
    expect(JSON.stringify(view)).not.toContain(SECRET);
    expect(providers.find(({ id }) => id === "anthropic")?.values["apiKey"]).toBe(SECRET);
  });

  test("returns an empty configuration when the file is missing", async () => {
    expect((await open().read()).view).toMatchObject({ exists: false, problem: null });
    expect(await readdir(directory)).toEqual([]);
  });

  test("returns the new content when the file changes", async () => {
    await put(SAMPLE);
    const store = open();
    await store.read();
    await writeFile(file, `{ "xai": {} }`);
    expect(row((await store.read()).view, "xai")?.inFile).toBe(true);
  });

  test.each([
    ["a directory at the path", "file_is_directory", () => mkdir(file, { recursive: true })],
    [
      "a link that leads nowhere",
      "file_link_dangling",
      async () => {
        await mkdir(dirname(file));
        await symlink("gone", file);
      },
    ],
    ["a file that is too large", "file_too_large", () => put(" ".repeat(10 * 1024 * 1024 + 1))],
    ["a file that does not parse", "file_invalid", () => put("{")],
  ] as const)("says what is wrong with %s, and refuses to change it", async (_name, code, make) => {
    await make();
    const store = open();
    const { view } = await store.read();
    expect(view).toMatchObject({ exists: true, problem: { code } });
    expect(view.providers).toHaveLength(12);
    for (const refused of [
      await store.enable(ID, gateway),
      await store.disable(ID),
      await store.forget(ID),
    ]) {
      expect(refused).toMatchObject({ success: false, error: { code } });
    }
    expect(await readdir(dirname(file))).toEqual(["providers.jsonc"]);
  });
});

describe("refuses and writes nothing for", () => {
  test.each([
    ["an account ID", ID, { ...gateway, accountId: "abc" }, "account_id_invalid"],
    ["a gateway name", ID, { ...gateway, gatewayName: "My Gateway" }, "gateway_name_invalid"],
    ["a segment", ID, { ...gateway, segment: "../x" }, "segment_invalid"],
    ["a token", ID, { ...gateway, token: "two words" }, "token_invalid"],
    ["an unknown provider", "nobody", gateway, "provider_unknown"],
    ["a local provider", "ollama", gateway, "provider_not_routable"],
    ["a provider with an unknown host", "mine", gateway, "segment_required"],
    ["a provider that needs a custom segment", "moonshotai", gateway, "segment_required"],
  ])("%s", async (_name, provider, details, code) => {
    await put(SAMPLE);
    const refused = await open().enable(provider, details);
    expect(refused).toMatchObject({ success: false, error: { code } });
    expect(await text()).toBe(SAMPLE);
  });

  test("every call after closing", async () => {
    const store = open();
    await store.close();
    for (const refused of [await store.enable(ID, gateway), await store.undo()]) {
      expect(refused).toMatchObject({ success: false, error: { code: "closed" } });
    }
    expect(await readdir(directory)).toEqual([]);
  });

  test("a change of a read-only file", async () => {
    await put(SAMPLE);
    await chmod(file, 0o400);
    expect(await open().enable(ID, gateway)).toMatchObject({ error: { code: "file_read_only" } });
    expect(await text()).toBe(SAMPLE);
  });

  test("a change when a file blocks the lock", async () => {
    await put(SAMPLE);
    await writeFile(`${file}.lock`, "");
    expect(await open().enable(ID, gateway)).toMatchObject({ error: { code: "lock_is_file" } });
    expect(await text()).toBe(SAMPLE);
  });
});

describe("a custom provider", () => {
  test("is routed by the segment when its block has one", async () => {
    await put(SAMPLE);
    const store = open();
    const done = await store.enable("mine", { ...gateway, segment: "custom-llm" });
    expect(done.success && row(done.data, "mine")?.baseUrl).toContain("/my-gateway/custom-llm/v1");
    await store.disable("mine");
    const again = await store.enable("mine", { ...gateway, gatewayName: "other" });
    expect(again.success && row(again.data, "mine")?.baseUrl).toContain("/other/custom-llm/v1");
    expect(await store.enable("mine", { ...gateway, segment: null })).toMatchObject({
      error: { code: "segment_required" },
    });
  });
});

describe("a block that changed after it was shown", () => {
  const shown = `{ "anthropic": { ${block("shown")} } }`;
  const changed = `{ "anthropic": { ${block("theirs")} } }`;

  test("is not overwritten when the caller has not seen the change", async () => {
    await put(shown);
    const store = open();
    const seen = await markIn(store);
    await writeFile(file, changed);
    expect(await store.enable(ID, { ...gateway, token: TOKEN }, { seen })).toMatchObject({
      error: {
        code: "conflict",
        conflict: {
          yours: { ...gateway, segment: null, hasToken: true },
          file: { accountId: ACCOUNT, gatewayName: "theirs", segment: null, hasToken: false },
        },
      },
    });
    for (const refused of [await store.disable(ID, { seen }), await store.forget(ID, { seen })]) {
      expect(refused).toMatchObject({ error: { code: "conflict", conflict: { yours: null } } });
      expect(JSON.stringify(refused)).not.toContain(TOKEN);
    }
    expect(await text()).toBe(changed);
  });

  test("is overwritten when the caller has seen the change or does not check", async () => {
    await put(shown);
    const store = open();
    await markIn(store);
    await writeFile(file, changed);
    expect(await store.enable(ID, gateway, { seen: await markIn(store) })).toMatchObject({
      success: true,
    });
    await writeFile(file, changed);
    expect(await store.enable(ID, gateway)).toMatchObject({ success: true });
    expect(await text()).toBe(changed.replace("theirs", "my-gateway"));
  });

  test("is not a conflict when it already has the requested values", async () => {
    await put(shown);
    const store = open();
    const seen = await markIn(store);
    await writeFile(file, `{ "anthropic": { ${block("my-gateway")} } }`);
    expect(await store.enable(ID, gateway, { seen })).toMatchObject({ success: true });
  });

  test("is not a conflict when only other parts changed", async () => {
    await put(shown);
    const store = open();
    const seen = await markIn(store);
    const elsewhere = `{ "xai": { ${block("x")} }, "anthropic": { "apiKey": "new", /* c */ ${block("shown")} } }`;
    await writeFile(file, elsewhere);
    expect(await store.enable(ID, gateway, { seen })).toMatchObject({ success: true });
    expect(await text()).toBe(elsewhere.replace("shown", "my-gateway"));
  });
});

describe("undo", () => {
  test("restores the bytes before each change when it is repeated", async () => {
    const start = `\ufeff${SAMPLE.replaceAll("\n", "\r\n")}`;
    await put(start);
    const store = open();
    const texts: string[] = [];
    for (const change of [
      () => store.enable(ID, gateway),
      () => store.enable("openai", { ...gateway, token: TOKEN }),
      () => store.disable(ID),
      () => store.forget("openai"),
    ]) {
      texts.push(await text());
      expect(await change()).toMatchObject({ success: true, data: { undoSteps: texts.length } });
    }
    for (const before of texts.toReversed()) {
      expect(await store.undo()).toMatchObject({ success: true });
      expect(await text()).toBe(before);
    }
    expect(texts[0]).toBe(start);
    expect(await store.undo()).toMatchObject({ error: { code: "undo_nothing" } });
  });

  test("removes the file that the first change created", async () => {
    const store = open();
    await store.enable(ID, gateway);
    expect(await store.undo()).toMatchObject({
      success: true,
      data: { exists: false, undoSteps: 0 },
    });
    expect(await readdir(dirname(file))).toEqual([]);
  });

  test("is refused when another program has changed the file", async () => {
    await put(SAMPLE);
    const store = open();
    await store.enable(ID, gateway);
    const theirs = `${await text()}// theirs\n`;
    await writeFile(file, theirs);
    expect((await store.read()).view.undoSteps).toBe(0);
    expect(await store.undo()).toMatchObject({ error: { code: "undo_changed" } });
    expect(await text()).toBe(theirs);
  });

  test("stops at the bytes that another program wrote", async () => {
    await put(SAMPLE);
    const store = open();
    await store.enable(ID, gateway);
    const theirs = `${await text()}// theirs\n`;
    await writeFile(file, theirs);
    expect(await store.disable(ID)).toMatchObject({ success: true, data: { undoSteps: 1 } });
    expect(await store.undo()).toMatchObject({ success: true, data: { undoSteps: 0 } });
    expect(await text()).toBe(theirs);
    expect(await store.undo()).toMatchObject({ error: { code: "undo_nothing" } });
  });

  test("undoes a change when that is still being made", async () => {
    await put(SAMPLE);
    const store = open();
    await store.enable(ID, gateway);
    const before = await text();
    const [off_, undone] = await Promise.all([store.disable(ID), store.undo()]);
    expect([off_, undone]).toMatchObject([{ success: true }, { success: true }]);
    expect(await text()).toBe(before);
  });

  test("has no step when a change changed nothing", async () => {
    await put(SAMPLE);
    const store = open();
    await store.enable(ID, gateway);
    expect(await store.enable(ID, gateway)).toMatchObject({
      success: true,
      data: { undoSteps: 1 },
    });
  });
});

describe("when an editor saves in place", () => {
  test("keeps its keys when a new store changes the file in between", async () => {
    await put("");
    const changing = open().enable("anthropic", gateway);
    await wait(50);
    await put(SAMPLE);
    expect(await changing).toMatchObject({ success: true });
    const after = await text();
    expect(after.match(new RegExp(SECRET, "g"))).toHaveLength(2);
    expect(after).toContain("// a second one");
    expect(after).toContain("my-gateway");
  });

  test("keeps its keys when it has moved the file aside", async () => {
    await put(SAMPLE);
    const store = open();
    await store.read();
    await rename(file, `${file}~`);
    const changing = store.enable("anthropic", gateway);
    await wait(50);
    await put(SAMPLE.replace("a second one", "the second"));
    expect(await changing).toMatchObject({ success: true });
    expect(await text()).toContain("// the second");
  });

  test("does not overwrite its file when it takes too long", async () => {
    await put(SAMPLE);
    const store = open();
    await store.read();
    await rm(file);
    expect(await store.enable("anthropic", gateway)).toMatchObject({
      error: { code: "file_vanished" },
    });
    expect(await store.enable("anthropic", gateway)).toMatchObject({ success: true });
    await put("");
    expect(await store.enable("anthropic", gateway)).toMatchObject({
      error: { code: "file_being_saved" },
    });
    expect(await text()).toBe("");
  });
});

describe("listeners", () => {
  /** The views that a listener receives, and a promise of the next one. */
  function listen(store: ProvidersStore) {
    const heard: ProvidersView[] = [];
    let next: (view: ProvidersView) => void = () => undefined;
    const stop = store.onChange((view) => {
      heard.push(view);
      next(view);
    });
    const waitFor = () =>
      new Promise<ProvidersView>((resolve) => {
        next = resolve;
      });
    return { heard, stop, waitFor };
  }

  test("are notified once when the store changes the file", async () => {
    await put(SAMPLE);
    const store = open();
    const { heard, waitFor } = listen(store);
    await store.enable(ID, gateway);
    await store.disable(ID);
    await store.undo();
    expect(heard.map((view) => row(view, "anthropic")?.route)).toEqual([
      "gateway",
      "direct",
      "gateway",
    ]);
    // The next view is another program's, so ours was not emitted twice.
    const nextView = waitFor();
    await replace("{}");
    expect((await nextView).providers.some(({ inFile }) => inFile)).toBe(false);
    expect(heard).toHaveLength(4);
  });

  test("are notified within a second when another program changes the file", async () => {
    await put(SAMPLE);
    const { heard, waitFor } = listen(open());
    const steps: readonly (readonly [act: () => Promise<unknown>, seen: object])[] = [
      [() => replace(`{ "xai": {} }`), { exists: true, problem: null }],
      [() => writeFile(file, "{"), { problem: { code: "file_invalid" } }],
      [() => rm(file), { exists: false, problem: null }],
      [() => put("{}"), { exists: true, problem: null }],
      [() => removeDirectory(dirname(file)), { exists: false }],
      [() => put(SAMPLE), { exists: true }],
    ];
    for (const [act, seen] of steps) {
      const nextView = waitFor();
      const started = performance.now();
      await act();
      expect(await nextView).toMatchObject(seen);
      expect(performance.now() - started).toBeLessThan(1000);
    }
    expect(heard).toHaveLength(steps.length);
  });

  test("receive no empty file when an editor empties and rewrites it", async () => {
    await put(SAMPLE);
    const store = open();
    const { heard, waitFor } = listen(store);
    await store.read();
    const nextView = waitFor();
    await writeFile(file, "");
    // Longer than the debounce of the watch.
    await wait(150);
    await writeFile(file, SAMPLE.replace("mine", "yours"));
    expect(row(await nextView, "yours")).toBeDefined();
    expect(heard).toHaveLength(1);
  });

  test("are notified when another listener throws", async () => {
    const store = open();
    store.onChange(() => {
      throw new Error("oops");
    });
    const { heard } = listen(store);
    expect(await store.enable(ID, gateway)).toMatchObject({ success: true });
    expect(heard).toHaveLength(1);
  });

  test("are not notified when they have unsubscribed", async () => {
    const store = open();
    const { heard, stop } = listen(store);
    stop();
    await store.enable(ID, gateway);
    expect(heard).toEqual([]);
  });
});

describe("several writers of the same file", () => {
  test("keep each other's changes when they write at the same time", async () => {
    const names = Array.from({ length: 24 }, (_, index) => `p${index}`);
    const providers = names.map((name) => [
      name,
      { providerType: "openai-compatible", baseUrl: "https://api.x.ai/v1" },
    ]);
    await put(JSON.stringify(Object.fromEntries(providers)));
    const stores = [open(), open(), open()];
    const done = await Promise.all(
      names.map(async (provider, index) =>
        stores[index % stores.length]?.enable(provider, gateway),
      ),
    );
    expect(done.every((result) => result?.success)).toBe(true);
    const { view } = await open().read();
    expect(view.providers.filter(({ route }) => route === "gateway").map(({ id }) => id)).toEqual(
      names,
    );
    expect(await readdir(dirname(file))).toEqual(["providers.jsonc"]);
  });
});

test("changes the target and keeps the symlink when the file is one", async () => {
  await mkdir(dirname(file));
  await writeFile(join(directory, "dotfile"), SAMPLE);
  await symlink("../dotfile", file);
  await open().enable(ID, gateway);
  expect((await lstat(file)).isSymbolicLink()).toBe(true);
  expect(await readFile(join(directory, "dotfile"), "utf8")).toContain(
    `"gatewayName": "my-gateway"`,
  );
});
