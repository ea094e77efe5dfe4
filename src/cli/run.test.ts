import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { APP_NAME } from "../shared/app-name";
import { runCommandLine } from "./run";
import type { Terminal } from "./terminal";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const TOKEN = "cf-token-Q7xW2mRk9TzN4vLp";
const NAMES = ["--account", ACCOUNT, "--gateway", "my-gateway"];
const SAMPLE = `{
  // mine
  "anthropic": { "apiKey": "sk-ant-1" },
  "openai": { "apiKey": "sk-2" },
  "moonshotai": { "apiKey": "sk-3" },
  "xai": { "apiKey": "xai-4", "enabled": false },
  "ollama": {},
}
`;

let folder: string;
let home: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mux-cli-"));
  home = join(folder, "mux");
  file = join(home, "providers.jsonc");
  mkdirSync(home);
  writeFileSync(file, SAMPLE);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function* chunksOf(text: string): AsyncIterable<string> {
  yield text;
}

/** Runs the command line on the test's home. `given.input` is piped to it. */
async function run(
  args: readonly string[],
  given: {
    readonly env?: NodeJS.ProcessEnv;
    readonly input?: string;
    readonly home?: null;
    readonly homedir?: string;
  } = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    env: given.env ?? {},
    platform: "linux",
    homedir: given.homedir ?? folder,
    input: given.input === undefined ? null : chunksOf(given.input),
    print: (text) => void (out += text),
    say: (line) => void (err += `${line}\n`),
    colors: false,
  };
  const where = given.home === null ? [] : ["--home", home];
  const code = await runCommandLine([...args, ...where], terminal, "1.2.3");
  return { code, out, err };
}

/** A symlink to itself. */
function loop(): string {
  const link = join(folder, "loop");
  symlinkSync(link, link);
  return link;
}

const text = (): string => readFileSync(file, "utf8");
const withToken = { env: { CLOUDFLARE_AI_GATEWAY_TOKEN: TOKEN } };

function saveWindowSettings(mirror: boolean): void {
  const settings = join(folder, ".config", APP_NAME);
  mkdirSync(settings, { recursive: true });
  const content = { version: 1, homes: [{ file, mirror }] };
  writeFileSync(join(settings, "settings.json"), JSON.stringify(content));
}

describe("exit code 0", () => {
  it("routes a provider with the token of the environment, and shows it", async () => {
    const on = await run(["on", "anthropic", ...NAMES], withToken);
    expect(on).toEqual({
      code: 0,
      out: "anthropic  through my-gateway\n1 changed, 0 left out.\n",
      err: "",
    });
    expect(text()).toContain(`"token": "${TOKEN}"`);
    const status = await run(["status"]);
    expect(status.code).toBe(0);
    expect(status.out).toContain("anthropic   through my-gateway\n");
    expect(status.out).toContain("openai      direct to api.openai.com\n");
    expect((await run(["gateways"])).out).toBe(`my-gateway  ${ACCOUNT}  token stored  anthropic\n`);
  });

  it("reads the token from a pipe, and needs no names when the file has one gateway", async () => {
    const piped = { input: `${TOKEN}\r\n` };
    expect((await run(["on", "anthropic", ...NAMES, "--token-stdin"], piped)).code).toBe(0);
    expect((await run(["on", "openai"])).code).toBe(0);
    const { gateways } = JSON.parse((await run(["gateways", "--json"])).out);
    expect(gateways).toMatchObject([{ active: ["anthropic", "openai"], token: "all" }]);
  });

  it("restores the file when the settings are removed", async () => {
    await run(["on", "anthropic", "openai", ...NAMES], withToken);
    expect((await run(["off", "--all"])).out).toBe(
      "anthropic  direct to api.anthropic.com\nopenai     direct to api.openai.com\n2 changed, 0 left out.\n",
    );
    expect((await run(["off", "--all"])).code).toBe(0);
    expect((await run(["remove", "--all"])).code).toBe(0);
    expect(text()).toBe(SAMPLE);
    expect((await run(["remove", "--all"])).out).toMatch(/^No provider uses a gateway/);
  });

  it("confirms an open gateway with --no-token", async () => {
    expect((await run(["on", "anthropic", ...NAMES, "--no-token"])).code).toBe(0);
    expect(text()).toContain('"token": null');
  });

  it("shows the version and the help, also as JSON", async () => {
    expect((await run(["--version"])).out).toBe("1.2.3\n");
    expect((await run(["help"])).out).toContain("Usage: mux-cloudflare-gateway <command>");
    expect((await run(["--version", "--json"])).out).toBe(
      '{"command":"version","exitCode":0,"version":"1.2.3"}\n',
    );
    expect(JSON.parse((await run(["help", "--json"])).out)).toMatchObject({ command: "help" });
  });
});

describe("exit code 1", () => {
  it("changes the others when a provider is left out, and says why", async () => {
    const { code, out } = await run(["on", "anthropic", "xai", "nosuch", ...NAMES], withToken);
    expect(code).toBe(1);
    expect(out).toContain("xai        left out: “xai” is switched off in mux");
    expect(out).toContain("nosuch     left out: “nosuch” is not a known provider.");
    expect(out).toContain("1 changed, 2 left out.");
    expect(text()).toContain('"cloudflareGateway"');
  });

  it("means only enabled providers with a key by --all", async () => {
    const { code, out } = await run(["on", "--all", "--json", ...NAMES], withToken);
    expect(code).toBe(1);
    const { changed, leftOut } = JSON.parse(out);
    expect(changed).toEqual(["anthropic", "openai"]);
    expect(leftOut).toMatchObject([
      { provider: "moonshotai", error: { code: "segment_required" } },
    ]);
  });

  it("does not show a test of no provider as a success", async () => {
    writeFileSync(file, "{}");
    expect((await run(["test", "--all", "--json"])).out).toBe(
      '{"command":"test","exitCode":1,"tests":[]}\n',
    );
  });

  it("says that a provider without a key was not tested", async () => {
    const { code, out } = await run(["test", "google"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ google: “google” has no API key/);
  });
});

describe("the checklist", () => {
  it("leaves open what it cannot ask without a token, and does not call it a success", async () => {
    await run(["on", "anthropic", ...NAMES, "--no-token"]);
    await run(["off", "anthropic"]);
    const { code, out, err } = await run(["doctor", "my-gateway"]);
    expect(code).toBe(1);
    expect(err).toMatch(/^CLOUDFLARE_API_TOKEN is not set, .* Set it and try again\.\n$/);
    expect(out).toContain("? Account: No Cloudflare account is connected");
    expect(out).toContain("0 of 8 checks passed, 8 not known.");
    const { out: json } = await run(["doctor", "--json"]);
    expect(JSON.parse(json)).toMatchObject({
      command: "doctor",
      exitCode: 1,
      error: { code: "environment_token_missing" },
      report: { gateway: { accountId: ACCOUNT, gatewayName: "my-gateway" } },
    });
  });

  it("needs a gateway", async () => {
    expect((await run(["doctor"])).code).toBe(2);
  });

  it("does not repeat a name that may be a token", async () => {
    const { code, out, err } = await run(["doctor", TOKEN], {
      env: { CLOUDFLARE_API_TOKEN: TOKEN },
    });
    expect(code).toBe(2);
    expect(out + err).not.toContain(TOKEN);
  });
});

describe("exit code 2", () => {
  it.each([
    [["on", "anthropic"], "The file has no gateway yet. Enter --account and --gateway.\n"],
    [
      ["on", "anthropic", "--gateway", "g"],
      "The file has no gateway yet. Enter --account and --gateway.\n",
    ],
    [["on", "anthropic", "--account", "abc", "--gateway", "g"], "The account ID has 3 characters"],
    [
      ["on", "anthropic", ...NAMES],
      "No token is stored for this account. Set CLOUDFLARE_AI_GATEWAY_TOKEN",
    ],
    [["on", "anthropic", ...NAMES, "--token-stdin"], "--token-stdin reads the token from a pipe"],
    [
      ["on", TOKEN, ...NAMES, "--no-token"],
      "One of the names is not a provider, and may be a token.",
    ],
    [["nonsense"], "The first argument is not a known command: nonsense."],
  ])("is the answer to %j", async (args, message) => {
    const { code, out, err } = await run(args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err.slice(0, message.length)).toBe(message);
    expect(err).not.toContain(TOKEN);
    expect(text()).toBe(SAMPLE);
  });

  it("writes nothing for a gateway whose custom domain is not confirmed", async () => {
    const block = { accountId: ACCOUNT, gatewayName: "my-gateway", host: "ai.example.com" };
    const before = JSON.stringify({
      anthropic: { cloudflareGateway: block },
      openai: { apiKey: "k" },
    });
    writeFileSync(file, before);
    for (const names of [NAMES, []]) {
      const on = await run(["on", "openai", ...names], withToken);
      expect(on).toMatchObject({ code: 2, out: "" });
      expect(on.err).toContain("Whoever owns the custom domain sees your keys and prompts.");
    }
    expect((await run(["gateways"])).out).toMatch(
      /^my-gateway at ai\.example\.com \(not confirmed\)/,
    );
    expect(text()).toBe(before);
  });

  it("asks which gateway is meant when the file has two", async () => {
    await run(["on", "anthropic", ...NAMES], withToken);
    await run(["on", "openai", "--account", ACCOUNT, "--gateway", "other"], withToken);
    expect((await run(["on", "moonshotai"])).err).toMatch(/^The file has 2 such gateways/);
    const one = await run(["on", "openai", "--gateway", "my-gateway"]);
    expect(one.out).toContain("openai  through my-gateway");
  });

  it("refuses an empty or endless token from a pipe", async () => {
    const args = ["on", "anthropic", ...NAMES, "--token-stdin"];
    expect((await run(args, { input: "\n" })).err).toContain("did not contain a token");
    expect((await run(args, { input: "x".repeat(20_000) })).err).toContain("too long");
    expect((await run(args, { input: "two words" })).code).toBe(2);
    expect(text()).toBe(SAMPLE);
  });

  it("prints the error as JSON for --json", async () => {
    const { code, out } = await run(["on", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ command: null, exitCode: 2, error: { code: "usage" } });
  });
});

describe("exit code 3", () => {
  it("names the place of a mistake in the file, and shows the rest", async () => {
    writeFileSync(file, '{ "anthropic": { "apiKey": "sk-1" } "openai": {} }');
    const { code, out, err } = await run(["status"]);
    expect(code).toBe(3);
    expect(err).toMatch(/is not valid JSONC: .* at line 1, column 37/);
    expect(out).toContain("anthropic");
    expect((await run(["off", "--all"])).code).toBe(3);
  });

  it("does not call a file empty that it cannot read", async () => {
    writeFileSync(file, "{");
    for (const [command, claim] of [
      ["status", "No provider"],
      ["gateways", "no gateway"],
    ] as const) {
      const { code, out } = await run([command]);
      expect(code).toBe(3);
      expect(out).not.toContain(claim);
      expect(out).not.toContain("Not set up");
    }
  });

  it.each([
    ["a file", () => file, "--home is not a folder. Enter the folder of providers.jsonc.\n"],
    [
      "a name that is too long",
      () => "x".repeat(100_000),
      /^The folder of --home cannot be opened/,
    ],
    ["a name with a NUL", () => "a\0b", /^The folder of --home cannot be opened/],
    ["a loop of symlinks", () => loop(), /^The folder of --home cannot be opened/],
  ])("is the answer when --home is %s", async (_, path, message) => {
    const args = ["status", "--json", "--home", path()];
    const { code, out, err } = await run(args, { home: null });
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ command: "status", error: { code: "home_invalid" } });
    expect(err).toMatch(message);
  });

  it("is the answer when the home folder is unknown, and nothing is written", async () => {
    for (const args of [["status"], ["on", "anthropic", "--home", home, "--no-token", ...NAMES]]) {
      const { code, err } = await run(args, { home: null, homedir: "" });
      expect(code).toBe(3);
      expect(err).toBe("Your home folder is unknown. Set HOME to its full path.\n");
    }
    expect(text()).toBe(SAMPLE);
  });

  it("says once that the settings of the window cannot be read", async () => {
    mkdirSync(join(folder, ".config", APP_NAME, "settings.json"), { recursive: true });
    const { code, err } = await run(["status"]);
    expect(code).toBe(0);
    expect(err).toMatch(/^A file of the panel could not be read, .*settings\.json, \w+\n$/);
  });

  it("does not create a folder that was misspelled", async () => {
    const { code, err } = await run(["on", "anthropic", "--home", join(folder, "typo")], {
      home: null,
    });
    expect({ code, err }).toEqual({ code: 3, err: "The folder of --home does not exist.\n" });
    expect(existsSync(join(folder, "typo"))).toBe(false);
  });

  it("says that a folder is in the file's place", async () => {
    rmSync(file);
    mkdirSync(file);
    expect((await run(["off", "anthropic"])).code).toBe(3);
  });
});

it("ends with exit code 4 while another program holds the lock", async () => {
  const lock = `${file}.lock`;
  mkdirSync(lock);
  writeFileSync(join(lock, `owner-${"a".repeat(32)}`), String(process.pid));
  const { code, out } = await run(["on", "anthropic", "--json", ...NAMES], withToken);
  expect(code).toBe(4);
  expect(JSON.parse(out).error.code).toBe("lock_held");
  expect(text()).toBe(SAMPLE);
});

describe("the token", () => {
  it("never comes from CLOUDFLARE_API_TOKEN", async () => {
    const env = { CLOUDFLARE_API_TOKEN: TOKEN, CLOUDFLARE_ACCOUNT_ID: ACCOUNT };
    expect((await run(["on", "anthropic", ...NAMES], { env })).code).toBe(2);
    expect(text()).toBe(SAMPLE);
  });

  it("of the environment is not used for another account than the environment's", async () => {
    const env = { ...withToken.env, CLOUDFLARE_ACCOUNT_ID: "f".repeat(32) };
    const { code, err } = await run(["on", "anthropic", ...NAMES], { env });
    expect(code).toBe(2);
    expect(err).toContain("another Cloudflare account");
    expect(text()).toBe(SAMPLE);
  });

  it("and the keys are in no output", async () => {
    await run(["on", "anthropic", ...NAMES], withToken);
    for (const args of [
      ["status"],
      ["status", "--json"],
      ["gateways", "--json"],
      ["off", "--all", "--json"],
    ]) {
      const { out, err } = await run(args);
      for (const secret of [TOKEN, "sk-ant-1", "sk-2"]) expect(out + err).not.toContain(secret);
    }
  });
});

describe("the fields for released versions of mux", () => {
  const MIRROR = '"baseUrl": "https://gateway.ai.cloudflare.com';

  it("are added by default", async () => {
    await run(["on", "anthropic", ...NAMES], withToken);
    expect(text()).toContain(MIRROR);
  });

  it("are not added when the window's setting is off", async () => {
    saveWindowSettings(false);
    await run(["on", "anthropic", ...NAMES], withToken);
    expect(text()).not.toContain(MIRROR);
  });

  it("are not added with --no-mirror, and the window's setting stays", async () => {
    saveWindowSettings(true);
    await run(["on", "anthropic", "--no-mirror", ...NAMES], withToken);
    expect(text()).not.toContain(MIRROR);
    await run(["on", "openai"]);
    expect(text().split(MIRROR)).toHaveLength(2);
  });

  it("are kept and updated by a call that does not add them", async () => {
    await run(["on", "anthropic", "openai", ...NAMES], withToken);
    const other = ["--account", ACCOUNT, "--gateway", "other"];
    await run(["on", "anthropic", "--no-mirror", ...other], withToken);
    expect(text()).toContain(`${MIRROR}/v1/${ACCOUNT}/other/anthropic/v1"`);
    expect(text()).toContain(`${MIRROR}/v1/${ACCOUNT}/my-gateway/openai"`);
    saveWindowSettings(false);
    await run(["off", "anthropic"]);
    expect(text().split(MIRROR)).toHaveLength(2);
  });
});

describe("a custom domain", () => {
  const HOST = "ai.example.com";
  const settings = (): string =>
    readFileSync(join(folder, ".config", APP_NAME, "settings.json"), "utf8");

  it("is not used until it is confirmed", async () => {
    const refused = await run(["on", "anthropic", ...NAMES, "--host", HOST], withToken);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/If it is yours, add --confirm-host\.\n$/);
    expect(text()).toBe(SAMPLE);
    const on = await run(
      ["on", "anthropic", ...NAMES, "--host", HOST, "--confirm-host"],
      withToken,
    );
    expect(on).toMatchObject({ code: 0, err: "" });
    expect(text()).toContain(`"baseUrl": "https://${HOST}/anthropic/v1"`);
    expect(settings()).toContain(HOST);
    // Confirmed now, and the only gateway in the file.
    expect((await run(["on", "openai"])).code).toBe(0);
    expect((await run(["gateways"])).out).toContain(`my-gateway at ${HOST} `);
  });

  it("is refused when it is not a public name, and not repeated", async () => {
    const args = ["on", "anthropic", ...NAMES, "--confirm-host", "--host", TOKEN];
    const { code, err } = await run(args, withToken);
    expect(code).toBe(2);
    expect(err).not.toContain(TOKEN);
    expect(text()).toBe(SAMPLE);
  });
});

it("makes names from the file harmless for a terminal", async () => {
  const name = "\u001b[2J\u202eevil";
  const provider = { providerType: "openai-compatible", apiKey: "k", baseUrl: "https://a.example" };
  writeFileSync(file, JSON.stringify({ [name]: provider }));
  const { out } = await run(["status"]);
  expect(out).toContain("␛[2J[U+202E]evil");
  expect(out).not.toContain("\u001b");
});

it("keeps both changes when two calls run at once", async () => {
  await run(["on", "anthropic", ...NAMES], withToken);
  const calls = [run(["off", "anthropic"]), run(["on", "openai"])];
  expect((await Promise.all(calls)).map(({ code }) => code)).toEqual([0, 0]);
  const { view } = JSON.parse((await run(["status", "--json"])).out);
  expect(view.gateways).toMatchObject([{ active: ["openai"], disabled: ["anthropic"] }]);
});
