/** Every error code, with the sentence shown to the user. */
import { ACCOUNT_SENTENCES } from "./account-errors";
import type { GatewayBlockView } from "./gateway-block";
import { INPUT_SENTENCES, type OfProvider } from "./input-errors";
import { listed } from "./listed";

interface InFile {
  readonly file: string;
}
interface AtPlace extends InFile {
  readonly line: number;
  readonly column: number;
}

/**
 * The sentence of each code says what is wrong, where, and how to fix it. Lines and columns count
 * from 1. No sentence may take a key or a token as a parameter.
 */
const SENTENCES = {
  ...INPUT_SENTENCES,
  ...ACCOUNT_SENTENCES,
  // The file
  file_invalid: (p: AtPlace & { readonly what: string }) =>
    `${p.file} is not valid JSONC: ${p.what} at line ${p.line}, column ${p.column}. Fix it to continue. Nothing will be written until then.`,
  file_not_object: (p: AtPlace) =>
    `${p.file} must contain a single JSON object with one entry per provider (line ${p.line}, column ${p.column}).`,
  file_too_deep: (p: AtPlace) =>
    `${p.file} is nested more than 1,000 levels deep (line ${p.line}, column ${p.column}). Nothing will be written until that is fixed.`,
  file_too_large: (p: InFile) => `${p.file} is larger than the 10 MB limit, so it was not read.`,
  file_not_utf8: (p: InFile & { readonly what: string }) =>
    `${p.file} is not UTF-8 text: ${p.what}. Save it as UTF-8 in an editor. Nothing will be written until then.`,
  file_permission: (p: InFile & { readonly doing: "read" | "written" }) =>
    `${p.file} could not be ${p.doing}: permission denied. Make sure that you own it and can read and write it and its folder.`,
  file_read_only: (p: InFile) =>
    `${p.file} is marked read-only, so it was not changed. Make it writable first.`,
  disk_read_only: (p: InFile) => `${p.file} is on a read-only disk, so changes cannot be saved.`,
  disk_full: (p: InFile) =>
    `The disk is full, so ${p.file} was not saved. The file is unchanged. Free some space and try again.`,
  file_is_directory: (p: InFile) =>
    `${p.file} is a folder, but a file is expected there. Move or rename the folder.`,
  file_link_dangling: (p: InFile) => `${p.file} is a broken symlink. Fix or remove it.`,
  file_vanished: (p: InFile) =>
    `${p.file} was moved or deleted during the save, so nothing was written. Find it and try again.`,
  file_unreadable: (p: InFile & { readonly reason: string }) =>
    `${p.file} could not be read: ${p.reason}.`,
  file_unwritable: (p: InFile & { readonly reason: string }) =>
    `${p.file} could not be written: ${p.reason}. The file is unchanged.`,
  file_overwritten: (p: InFile) =>
    `Another program replaced ${p.file} during the save, so your change was overwritten. Check the file and try again.`,
  file_being_saved: (p: InFile) =>
    `${p.file} is empty, as if another program were saving it at this moment, so nothing was changed. Try again. If it should be empty, write {} into it.`,
  edit_refused: (p: InFile) =>
    `This change was not saved: a safety check found that it would alter other parts of ${p.file}. Please report it with a copy of the file without its keys.`,
  lock_held: (p: InFile & { readonly lock: string; readonly pid: number | null }) =>
    `Another program${p.pid === null ? "" : ` (process ${p.pid})`} has been saving ${p.file} for more than 5 seconds. Try again when it is done. ${
      p.pid === null
        ? `If no program is saving it, delete the folder ${p.lock}.`
        : `If process ${p.pid} has nothing to do with mux, delete the folder ${p.lock}.`
    }`,
  lock_blocked: (p: InFile) =>
    `The lock folder ${p.file} contains something that mux did not put there. Delete that folder if no program is saving.`,
  lock_is_file: (p: InFile) =>
    `${p.file} is a file where mux expects its lock folder. Delete it so that programs can save again.`,

  // The provider and its block
  provider_unknown: (p: OfProvider) =>
    `“${p.provider}” is not a known provider. Use one of mux's built-in names, or add a custom provider to the file first.`,
  provider_not_object: (p: OfProvider & AtPlace) =>
    `The entry “${p.provider}” in ${p.file} (line ${p.line}, column ${p.column}) is not an object. Fix it there first.`,
  provider_disabled: (p: OfProvider) =>
    `“${p.provider}” is switched off in mux ("enabled": false). Enable it in mux's Providers settings first.`,
  provider_not_supported: (p: OfProvider & { readonly why: string }) =>
    `A model of “${p.provider}” cannot be created here: ${p.why}`,
  block_not_object: (p: OfProvider & AtPlace) =>
    `"cloudflareGateway" of “${p.provider}” is not an object in ${p.file} (line ${p.line}, column ${p.column}). Fix or remove it there first.`,
  block_duplicate: (p: OfProvider & InFile & { readonly lines: readonly number[] }) =>
    `“${p.provider}” has more than one gateway entry in ${p.file} (lines ${listed(p.lines)}). Remove all but one.`,
  block_missing: (p: OfProvider) =>
    `“${p.provider}” has no gateway set up, so there is nothing to switch off.`,
  token_not_remembered: (p: { readonly why: string }) =>
    `The token was not saved, because the panel's settings file could not be written first. ${p.why}`,
  openrouter_needs_mirror: () =>
    `OpenRouter's token needs “Make it work in today’s mux” under Compatibility. Turn it on, or leave the token empty. Otherwise mux sends the token to OpenRouter.`,
  fix_unavailable: (p: OfProvider) =>
    `“${p.provider}” no longer needs this fix. Its row shows the current state.`,
  mirror_fixed: () => `This option is controlled by the app that embeds this panel.`,
  conflict: (p: OfProvider) =>
    `The gateway of “${p.provider}” was changed outside this panel. Choose whether to keep your version or the one in the file.`,
  file_not_opened: (p: InFile) => `${p.file} could not be opened. Open it in your editor.`,
  undo_nothing: () => `There is nothing to undo.`,
  undo_changed: (p: InFile) =>
    `Another program has changed ${p.file} since. Undoing would discard that change, so nothing was undone.`,

  // Names
  token_leak: (p: OfProvider & { readonly host: string }) =>
    `mux sends the gateway token of “${p.provider}” to ${p.host}. Stop that first; nothing was tested.`,
  domain_unconfirmed: (p: { readonly host: string }) =>
    `Whoever owns ${p.host} sees your keys and prompts, so it is not used yet. Confirm the domain first.`,

  token_missing: () =>
    `No token is stored for this Cloudflare account and host. Enter one, or confirm that the gateway is open.`,
  token_differs: () =>
    `The providers of this Cloudflare account have different tokens. Choose which one to use, or enter a token.`,
  token_other_account: () =>
    `That token belongs to another Cloudflare account or domain, so it was not used. Enter a token for this gateway.`,

  // Models
  model_invalid: (p: { readonly model: string }) =>
    `“${p.model}” is not a model name. Enter provider:model, for example anthropic:claude-haiku-4-5.`,
  model_leaves_path: (p: OfProvider & { readonly model: string }) =>
    `The model “${p.model}” of “${p.provider}” was not called, because its name would change the address. Use the name that the provider lists.`,
  model_holds_key: (p: OfProvider) =>
    `The model of “${p.provider}” contains one of its keys or tokens, so it was not used. Enter the name that the provider lists.`,
  model_missing: (p: OfProvider) =>
    `“${p.provider}” lists no models in the file and has no default model. Enter a model to test.`,
  key_missing: (p: OfProvider & { readonly variables: readonly string[] }) =>
    `“${p.provider}” has no API key. Add "apiKey" to it${p.variables.length === 0 ? "" : `, or set ${p.variables.join(" or ")} in the environment`}.`,
  /** `file`: null when the value may be a key instead of a path. */
  key_file_unreadable: (
    p: OfProvider & { readonly file: string | null; readonly reason: string },
  ) =>
    p.file === null
      ? `The key file of “${p.provider}” could not be read: ${p.reason}. "apiKeyFile" must be the path of a file; put a key itself in "apiKey".`
      : `The key file of “${p.provider}”, ${p.file}, could not be read: ${p.reason}.`,
  key_invalid: (p: OfProvider) =>
    `The API key of “${p.provider}” contains a space, a line break or another character that is not allowed. Copy it again.`,
  /** `header`: null when its name may be a secret; `place`: counted from 1. */
  header_invalid: (p: OfProvider & { readonly header: string | null; readonly place: number }) =>
    `${p.header === null ? `Header ${p.place}` : `The header “${p.header}”`} in "headers" of “${p.provider}” contains a character that is not allowed in HTTP headers.`,
  header_not_allowed: (p: OfProvider & { readonly header: string }) =>
    `The header “${p.header}” of “${p.provider}” cannot be set, because the HTTP client sets it itself. Remove it from "headers" in providers.jsonc.`,
  base_url_missing: (p: OfProvider) =>
    `“${p.provider}” has no base URL. Add "baseUrl" to it in the file.`,

  mux_route_login: (p: OfProvider & { readonly app: string; readonly name: string }) =>
    `${p.app} sends requests of “${p.provider}” through ${p.name}, with a login that only ${p.app} has. Test the gateway's route instead.`,

  // The call itself
  tests_too_many: (p: { readonly limit: number }) =>
    `${p.limit} tests are already running. Wait until one of them has finished.`,
  input_invalid: (p: { readonly what: string }) => `The request is not valid: ${p.what}`,
  sender_untrusted: () => `This page is not allowed to use the gateway settings.`,
} as const;

/** A place in the file. `line` and `column` count from 1, columns in UTF-16 code units. */
export interface FilePlace {
  readonly line: number;
  readonly column: number;
}

/** The closed union of error codes. */
export type ErrorCode = keyof typeof SENTENCES;

export interface GatewayError {
  readonly code: ErrorCode;
  /** A sentence the user can act on. Never contains a key or a token. */
  readonly message: string;
  /** Counted from 1; present when the error has a place in the file. */
  readonly line?: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column?: number;
  /** Only with `api_input_refused`: the member of the call's input that Cloudflare refused. */
  readonly field?: string;
  /** Only with `conflict`: the block that the caller wanted, and the block in the file. */
  readonly conflict?: {
    readonly yours: GatewayBlockView | null;
    readonly file: GatewayBlockView | null;
  };
}

type Given = { readonly [Code in ErrorCode]: Parameters<(typeof SENTENCES)[Code]> };
const sentences: { readonly [Code in ErrorCode]: (...given: Given[Code]) => string } = SENTENCES;

/** The result of a failed call. */
export interface Failure {
  readonly success: false;
  readonly error: GatewayError;
}

/** Creates the error of a code. Copies `line` and `column` from its parameters. */
export function gatewayError<C extends ErrorCode>(code: C, ...given: Given[C]): GatewayError {
  const place: object = given[0] ?? {};
  return {
    code,
    message: sentences[code](...given),
    ...("line" in place && typeof place.line === "number" ? { line: place.line } : {}),
    ...("column" in place && typeof place.column === "number" ? { column: place.column } : {}),
  };
}

/** Where in the file the error is, or null. */
export function placeOf({ line, column }: Pick<GatewayError, "line" | "column">): FilePlace | null {
  return line === undefined ? null : { line, column: column ?? 1 };
}

export function failure<C extends ErrorCode>(code: C, ...given: Given[C]): Failure {
  return { success: false, error: gatewayError(code, ...given) };
}
