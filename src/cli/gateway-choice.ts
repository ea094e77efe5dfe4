/** Chooses the gateway of `on`, and where its token comes from. */
import {
  isSameGateway,
  keyOfGateway,
  type DomainKey,
  type GatewayInput,
  type GatewayKey,
  type GatewayView,
} from "../shared/gateways";
import type { GatewayOptions, OnOptions } from "./arguments";
import type { Terminal } from "./terminal";

/** A chosen value, or a sentence that says what is missing. */
export type Choice<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly message: string };

/** More than any token, so that the wrong file cannot fill the memory. */
const MAX_TOKEN_LENGTH = 16_384;

/**
 * The gateway that the options name. Names that are left out come from the file, if exactly one of its
 * gateways has the others. So does its custom domain.
 */
export function chooseGateway(
  { accountId, gatewayName, host }: GatewayOptions,
  known: readonly GatewayView[],
): Choice<GatewayKey> {
  const matching = known.filter(
    (gateway) =>
      (accountId === null || gateway.accountId === accountId) &&
      (gatewayName === null || gateway.gatewayName === gatewayName) &&
      (host === null || gateway.host === host),
  );
  const [only, ...others] = matching;
  if (only !== undefined && others.length === 0) {
    return { success: true, data: keyOfGateway(only) };
  }
  if (accountId !== null && gatewayName !== null) {
    const named = { accountId, gatewayName, ...(host === null ? {} : { host }) };
    return { success: true, data: named };
  }
  const message =
    known.length === 0
      ? "The file has no gateway yet. Enter --account and --gateway."
      : matching.length === 0
        ? "The file has no such gateway. Enter both --account and --gateway."
        : `The file has ${matching.length} such gateways. Enter --account and --gateway; “gateways” lists them.`;
  return { success: false, message };
}

/** The gateway's custom domain that the user has not confirmed, in its key; null if there is none. */
export function unconfirmedDomain(
  gateway: GatewayKey,
  known: readonly GatewayView[],
): DomainKey | null {
  const { host } = gateway;
  if (host === undefined) return null;
  const isConfirmed = known.some((each) => isSameGateway(each, gateway) && each.isConfirmed);
  return isConfirmed ? null : { ...gateway, host };
}

/**
 * The token for `on`: from standard input, else from `CLOUDFLARE_AI_GATEWAY_TOKEN`, else the stored one
 * (absent). Main refuses the environment's token for another account than `CLOUDFLARE_ACCOUNT_ID`.
 */
export async function chooseToken(
  token: OnOptions["token"],
  { env, input }: Pick<Terminal, "env" | "input">,
): Promise<Choice<Pick<GatewayInput, "token">>> {
  if (token === "none") return { success: true, data: { token: null } };
  if (token === "stdin") {
    if (input === null) {
      return {
        success: false,
        message: "--token-stdin reads the token from a pipe or a file, not from the keyboard.",
      };
    }
    const text = await readAll(input);
    if (text === null) return { success: false, message: "The token is too long." };
    return text === ""
      ? { success: false, message: "Standard input did not contain a token." }
      : { success: true, data: { token: text } };
  }
  const own = env["CLOUDFLARE_AI_GATEWAY_TOKEN"];
  if (!own) return { success: true, data: {} };
  // Without an account in the environment, the token belongs to the gateway of this call.
  const data = env["CLOUDFLARE_ACCOUNT_ID"] ? ({ from: "environment" } as const) : own;
  return { success: true, data: { token: data } };
}

/** The text without the line break at its end; null if it is too long. */
async function readAll(input: AsyncIterable<Uint8Array | string>): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of input) {
    text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > MAX_TOKEN_LENGTH) return null;
  }
  return text.replace(/\r?\n$/, "");
}
