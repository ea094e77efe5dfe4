/** Every reason for which a call can be refused, with the sentence a person reads for it. */
import type { GatewayBlockView } from "./gateway-block";

interface InFile {
  readonly file: string;
}
interface AtPlace extends InFile {
  readonly line: number;
  readonly column: number;
}
interface OfProvider {
  readonly provider: string;
}

/**
 * The sentence of each code: what is wrong, where, and what to do about it. Lines and columns count
 * from 1. No sentence may take a key or a token as a parameter.
 */
const SENTENCES = {
  // The file
  file_invalid: (p: AtPlace & { readonly what: string }) =>
    `${p.file} is not valid JSONC: ${p.what} at line ${p.line}, column ${p.column}. Nothing is changed until that is mended.`,
  file_not_object: (p: AtPlace) =>
    `${p.file} must hold one object, { … }, with a member for each provider (line ${p.line}, column ${p.column}).`,
  file_too_deep: (p: AtPlace) =>
    `${p.file} is nested more than 1,000 levels deep (line ${p.line}, column ${p.column}), which no settings file is. Nothing is changed until that is mended.`,
  file_too_large: (p: InFile) =>
    `${p.file} is larger than 10 MB, which no settings file is. Nothing is read or changed until it is smaller.`,
  file_not_utf8: (p: InFile & { readonly what: string }) =>
    `${p.file} is not a UTF-8 text: ${p.what}. Save it as UTF-8 in an editor; nothing is changed until then.`,
  file_permission: (p: InFile & { readonly doing: "read" | "written" }) =>
    `${p.file} could not be ${p.doing}: permission denied. Make it yours and readable and writable for you, its directory too.`,
  file_read_only: (p: InFile) =>
    `${p.file} is marked read-only, so it was left alone. Make it writable to change it here.`,
  disk_read_only: (p: InFile) =>
    `${p.file} is on a disk that can only be read, so nothing can be saved there.`,
  disk_full: (p: InFile) =>
    `There is no room left on the disk of ${p.file}. The old file is unharmed; make room and try again.`,
  file_is_directory: (p: InFile) =>
    `${p.file} is a directory where a file is expected. Move it out of the way first.`,
  file_link_dangling: (p: InFile) =>
    `${p.file} is a link that leads nowhere. Correct or remove the link; nothing is created behind it.`,
  file_vanished: (p: InFile) =>
    `${p.file} disappeared while it was being saved, so nothing was written. Look where it went and try again.`,
  file_unreadable: (p: InFile & { readonly reason: string }) =>
    `${p.file} could not be read: ${p.reason}.`,
  file_unwritable: (p: InFile & { readonly reason: string }) =>
    `${p.file} could not be written: ${p.reason}. The old file is unharmed.`,
  file_overwritten: (p: InFile) =>
    `Another program replaced ${p.file} while it was being saved, so the change did not last. Look at what stands there now and try again.`,
  file_being_saved: (p: InFile) =>
    `${p.file} is empty, as if another program were saving it at this moment, so nothing was changed. Try again. If it should be empty, write {} into it.`,
  edit_refused: (p: InFile) =>
    `The change to ${p.file} would have altered more than was asked, so it was not written. Please report this with the shape of the file, without its keys.`,
  lock_held: (p: InFile & { readonly pid: number | null }) =>
    `Another program${p.pid === null ? "" : ` (process ${p.pid})`} has been saving ${p.file} for more than 5 seconds. Try again when it is done.`,
  lock_is_file: (p: InFile) =>
    `${p.file} is a file where mux expects a lock directory. No program can save until it is removed.`,

  // The provider and its block
  provider_unknown: (p: OfProvider) =>
    `There is no provider “${p.provider}”. Built-in providers go by mux's names; a custom one has to stand in the file first.`,
  provider_not_object: (p: OfProvider & AtPlace) =>
    `“${p.provider}” is not an object in ${p.file} (line ${p.line}, column ${p.column}), so nothing can be added to it.`,
  provider_disabled: (p: OfProvider) =>
    `“${p.provider}” is switched off in mux ("enabled": false). Enable it in mux's Providers settings first.`,
  provider_not_routable: (p: OfProvider & { readonly why: string }) =>
    `“${p.provider}” cannot go through Cloudflare AI Gateway: ${p.why}`,
  provider_not_supported: (p: OfProvider & { readonly why: string }) =>
    `A model of “${p.provider}” cannot be created here: ${p.why}`,
  block_not_object: (p: OfProvider & AtPlace) =>
    `"cloudflareGateway" of “${p.provider}” is not an object in ${p.file} (line ${p.line}, column ${p.column}). Correct or remove it there first.`,
  block_duplicate: (p: OfProvider & InFile & { readonly lines: readonly number[] }) =>
    `The gateway of “${p.provider}” stands more than once in ${p.file} (lines ${p.lines.join(" and ")}). Remove all but one there first.`,
  block_missing: (p: OfProvider) =>
    `“${p.provider}” has no gateway to switch off: it has no "cloudflareGateway" block.`,
  fix_unavailable: (p: OfProvider) =>
    `There is nothing of that kind to put right at “${p.provider}” any more. Look at what it says now.`,
  mirror_fixed: () =>
    `Whether the gateway is also written as a base URL is decided by the program that this panel is a part of.`,
  conflict: (p: OfProvider) =>
    `The gateway of “${p.provider}” was changed in the file after it was shown here. Choose which of the two to keep.`,
  undo_nothing: () => `There is nothing to undo.`,
  undo_changed: (p: InFile) =>
    `${p.file} was changed by another program since, so undoing would take that change away too. Nothing was undone.`,

  // Names
  account_id_invalid: (p: { readonly what: string }) =>
    `${p.what} A Cloudflare account ID is 32 characters of 0–9 and a–f; it stands in the dashboard's address after dash.cloudflare.com/.`,
  gateway_name_invalid: (p: { readonly what: string }) =>
    `${p.what} A gateway name has 1 to 64 of a–z, 0–9, - and _; it stands in the dashboard under AI › AI Gateway.`,
  segment_invalid: (p: { readonly what: string }) =>
    `${p.what} Use custom-… with the slug of the custom provider that you created in the AI Gateway dashboard.`,
  segment_required: (p: OfProvider) =>
    `Cloudflare does not know the host of “${p.provider}”. Create a custom provider for it in the AI Gateway dashboard and give its segment, custom-….`,
  foreign_host: (p: OfProvider & { readonly host: string; readonly segment: string }) =>
    `The base URL of “${p.provider}” points to ${p.host}, so its key belongs there. Give a custom segment, or confirm that the key is the provider's own with the segment “${p.segment}”.`,
  token_leak: (p: OfProvider & { readonly host: string }) =>
    `mux sends the gateway token of “${p.provider}” to ${p.host}. Stop that first; nothing was tested.`,
  token_invalid: (p: { readonly what: string }) =>
    `${p.what} A token is one line of visible characters; create it in the Cloudflare dashboard with the permission AI Gateway: Run.`,

  // Models
  model_invalid: (p: { readonly model: string }) =>
    `“${p.model}” is not a model. Write provider:model, for example anthropic:claude-haiku-4-5.`,
  model_leaves_path: (p: OfProvider & { readonly model: string }) =>
    `The model “${p.model}” of “${p.provider}” was not called, because its name would change the address. Use the name that the provider lists.`,
  model_missing: (p: OfProvider) =>
    `“${p.provider}” lists no models and has no default here. Name the model to test.`,
  key_missing: (p: OfProvider & { readonly variables: readonly string[] }) =>
    `“${p.provider}” has no API key. Add "apiKey" to it${p.variables.length === 0 ? "" : `, or set ${p.variables.join(" or ")} in the environment`}.`,
  /** `file`: null when what is written there may be a key and not a path. */
  key_file_unreadable: (
    p: OfProvider & { readonly file: string | null; readonly reason: string },
  ) =>
    p.file === null
      ? `The key file of “${p.provider}” could not be read: ${p.reason}. "apiKeyFile" must be the path of a file; put a key itself in "apiKey".`
      : `The key file of “${p.provider}”, ${p.file}, could not be read: ${p.reason}.`,
  key_invalid: (p: OfProvider) =>
    `The API key of “${p.provider}” has a space, a line break or a character that no request can carry. Copy it again.`,
  /** `header`: null when its name may be a secret; `place`: counted from 1. */
  header_invalid: (p: OfProvider & { readonly header: string | null; readonly place: number }) =>
    `${p.header === null ? `Header ${p.place}` : `The header “${p.header}”`} in "headers" of “${p.provider}” contains a character that is not allowed in HTTP headers.`,
  header_not_allowed: (p: OfProvider & { readonly header: string }) =>
    `The header “${p.header}” of “${p.provider}” cannot be set, because the HTTP client sets it itself. Remove it from "headers" in providers.jsonc.`,
  base_url_invalid: (p: OfProvider & { readonly what: string }) =>
    `The base URL of “${p.provider}” cannot be used: ${p.what}`,
  base_url_missing: (p: OfProvider) =>
    `“${p.provider}” has no base URL, so there is no address to call. Add "baseUrl" to it.`,

  // The call itself
  cancelled: () => `The test was stopped.`,
  tests_too_many: (p: { readonly limit: number }) =>
    `${p.limit} tests are running already. Wait until one of them is done.`,
  input_invalid: (p: { readonly what: string }) => `The request was not understood: ${p.what}`,
  sender_untrusted: () => `This page may not use the gateway settings.`,
  closed: () => `The gateway settings are closed.`,
  disconnected: () =>
    `The connection to the main process broke before it answered. A change that was on its way may be in the file or not: look before you make it again.`,
  internal: (p: { readonly what: string }) =>
    `Something went wrong here that should not have: ${p.what}. Nothing was written.`,
} as const;

/** The closed union of reasons. */
export type ErrorCode = keyof typeof SENTENCES;

export interface GatewayError {
  readonly code: ErrorCode;
  /** A sentence a person can act on. Never holds a key or a token. */
  readonly message: string;
  /** Counted from 1; present when the error has a place in the file. */
  readonly line?: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column?: number;
  /** Only with `conflict`: the block as the caller wanted it, and as it stands in the file. */
  readonly conflict?: {
    readonly yours: GatewayBlockView | null;
    readonly file: GatewayBlockView | null;
  };
}

type Given = { readonly [Code in ErrorCode]: Parameters<(typeof SENTENCES)[Code]> };
const sentences: { readonly [Code in ErrorCode]: (...given: Given[Code]) => string } = SENTENCES;

/** How a call that is refused answers. */
export interface Failure {
  readonly success: false;
  readonly error: GatewayError;
}

/** Makes the error of a code; `line` and `column` among its parameters become members. */
export function gatewayError<C extends ErrorCode>(code: C, ...given: Given[C]): GatewayError {
  const place: object = given[0] ?? {};
  return {
    code,
    message: sentences[code](...given),
    ...("line" in place && typeof place.line === "number" ? { line: place.line } : {}),
    ...("column" in place && typeof place.column === "number" ? { column: place.column } : {}),
  };
}

export function failure<C extends ErrorCode>(code: C, ...given: Given[C]): Failure {
  return { success: false, error: gatewayError(code, ...given) };
}
