/** Parses the command line. A value is never repeated in a message, because it may be a token. */
import { parseArgs, type ParseArgsConfig } from "node:util";

/** The providers that a command is about. */
export type Selection =
  { readonly all: true } | { readonly all: false; readonly names: readonly string[] };

interface Common {
  /** The folder of providers.jsonc; null: mux's own. */
  readonly home: string | null;
  readonly json: boolean;
}

/** Names of a gateway; those that are null come from the file. */
export interface GatewayOptions {
  readonly accountId: string | null;
  readonly gatewayName: string | null;
  /** A custom domain; null: Cloudflare's own host, or that of the only gateway in the file. */
  readonly host: string | null;
}

export interface OnOptions extends GatewayOptions {
  /** The user owns the domain. */
  readonly confirmHost: boolean;
  readonly segment: string | null;
  /** `default`: from the environment, else the stored one. */
  readonly token: "default" | "stdin" | "none";
  readonly mirror: boolean;
}

export type Command =
  | { readonly name: "help"; readonly json: boolean }
  | { readonly name: "version"; readonly json: boolean }
  | (Common & { readonly name: "status" })
  | (Common & { readonly name: "gateways" })
  | (Common & GatewayOptions & { readonly name: "doctor" })
  | (Common & { readonly name: "off"; readonly selection: Selection })
  | (Common & { readonly name: "remove"; readonly selection: Selection })
  | (Common & { readonly name: "test"; readonly selection: Selection })
  | (Common & OnOptions & { readonly name: "on"; readonly selection: Selection });

export type Parsed =
  | { readonly success: true; readonly command: Command }
  | { readonly success: false; readonly message: string; readonly json: boolean };

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  home: { type: "string" },
  json: { type: "boolean" },
  all: { type: "boolean" },
  account: { type: "string" },
  gateway: { type: "string" },
  host: { type: "string" },
  "confirm-host": { type: "boolean" },
  segment: { type: "string" },
  "token-stdin": { type: "boolean" },
  "no-token": { type: "boolean" },
  "no-mirror": { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

type OptionName = keyof typeof OPTIONS;

const EVERYWHERE: readonly OptionName[] = ["help", "version", "home", "json"];
const OF_ON: readonly OptionName[] = [
  "all",
  "account",
  "gateway",
  "host",
  "confirm-host",
  "segment",
  "token-stdin",
  "no-token",
  "no-mirror",
];

/** The options of each command, besides those of every command. */
const COMMANDS = {
  status: [],
  gateways: [],
  on: OF_ON,
  off: ["all"],
  remove: ["all"],
  test: ["all"],
  doctor: ["account", "gateway", "host"],
} as const satisfies Readonly<Record<string, readonly OptionName[]>>;

type CommandName = keyof typeof COMMANDS;

const TOKEN_HINT =
  "Tokens are not accepted as arguments, because other users of this computer can see them. Set CLOUDFLARE_AI_GATEWAY_TOKEN or use --token-stdin.";

/** An option whose value would be a secret. */
const SECRET = /token|secret|key|auth|bearer|password/i;

interface Given {
  /** A string option's value; `true` for a flag. */
  readonly options: ReadonlyMap<OptionName, string | true>;
  readonly positionals: readonly string[];
}

/** The command in `args`, which is `process.argv` without the program; or what is wrong with it. */
export function parseArguments(args: readonly string[]): Parsed {
  const given = readTokens(args);
  const command = typeof given === "string" ? given : commandOf(given);
  return typeof command === "string"
    ? { success: false, message: command, json: asksForJson(args) }
    : { success: true, command };
}

/** Also for arguments that are wrong, so that a program can read what is wrong with them. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const options = end === -1 ? args : args.slice(0, end);
  return options.some((arg) => arg === "--json" || arg.startsWith("--json="));
}

/** The options and the other words; or a sentence that says what is wrong. */
function readTokens(args: readonly string[]): Given | string {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const options = new Map<OptionName, string | true>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { name, value, inlineValue, index } = token;
    if (!isOption(name)) {
      if (SECRET.test(name)) return TOKEN_HINT;
      return `Argument ${index + 1} is not a known option${harmlessName(name)}.`;
    }
    if (OPTIONS[name].type === "boolean") {
      if (value !== undefined) {
        return SECRET.test(name) ? TOKEN_HINT : `--${name} does not take a value.`;
      }
      options.set(name, true);
      continue;
    }
    if (value === undefined || value === "" || (!inlineValue && value.startsWith("-"))) {
      return `--${name} needs a value.`;
    }
    if (options.has(name)) return `--${name} can be given only once.`;
    options.set(name, value);
  }
  return { options, positionals };
}

function commandOf({ options, positionals }: Given): Command | string {
  const json = options.has("json");
  const [name, ...names] = positionals;
  if (options.has("help") || name === "help") return { name: "help", json };
  if (options.has("version")) return { name: "version", json };
  if (name === undefined) return "Enter a command.";
  if (!isCommand(name)) return `The first argument is not a known command${harmlessName(name)}.`;

  const allowed = new Set<OptionName>([...EVERYWHERE, ...COMMANDS[name]]);
  const foreign = [...options.keys()].find((option) => !allowed.has(option));
  if (foreign !== undefined) return `“${name}” does not take --${foreign}.`;
  const common = { home: textOf(options, "home"), json };
  if (name === "status" || name === "gateways") {
    return names.length === 0 ? { name, ...common } : `“${name}” does not take a provider.`;
  }
  if (name === "doctor") {
    const [gatewayName = null, ...others] = options.has("gateway")
      ? [...names, textOf(options, "gateway")]
      : names;
    if (others.length > 0) return "“doctor” takes one gateway.";
    const [accountId, host] = [textOf(options, "account"), textOf(options, "host")];
    return { name, ...common, gatewayName, accountId, host };
  }

  const all = options.has("all");
  if (all && names.length > 0) return "Enter providers or --all, not both.";
  if (!all && names.length === 0) return `Enter at least one provider, or --all, after “${name}”.`;
  if (names.includes("")) return "The name of a provider is empty.";
  const selection: Selection = all ? { all } : { all, names: [...new Set(names)] };
  if (name !== "on") return { name, ...common, selection };

  if (options.has("token-stdin") && options.has("no-token")) {
    return "Enter --token-stdin or --no-token, not both.";
  }
  const segment = textOf(options, "segment");
  if (segment !== null && (selection.all || selection.names.length > 1)) {
    return "--segment belongs to one provider. Enter that provider alone.";
  }
  return {
    name,
    ...common,
    selection,
    accountId: textOf(options, "account"),
    gatewayName: textOf(options, "gateway"),
    host: textOf(options, "host"),
    confirmHost: options.has("confirm-host"),
    segment,
    token: options.has("token-stdin") ? "stdin" : options.has("no-token") ? "none" : "default",
    mirror: !options.has("no-mirror"),
  };
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

function textOf(options: Given["options"], name: OptionName): string | null {
  const value = options.get(name);
  return typeof value === "string" ? value : null;
}

/** The word in a message, if it is too plain and short for a token. */
function harmlessName(word: string): string {
  return /^[a-z][a-z-]{0,19}$/.test(word) ? `: ${word}` : "";
}
