/** The result of a command: its exit code, and its form as text and as JSON. */
import type { GatewayError } from "../shared/errors";
import { EXIT, exitCodeOf, type ExitCode } from "./exit-code";

const TOKEN_SOURCES = "Set CLOUDFLARE_AI_GATEWAY_TOKEN, or pipe the token to --token-stdin.";

export interface Outcome {
  readonly code: ExitCode;
  /** For `--json`; `command` and `exitCode` are added. */
  readonly data: Readonly<Record<string, unknown>>;
  /** For standard output without `--json`. */
  readonly text: string;
  /** For standard error, in both cases. */
  readonly problem?: string;
}

/** A call that failed as a whole. */
export function refused(error: GatewayError): Outcome {
  const shown = ofCommandLine(error);
  return { code: exitCodeOf(error), data: { error: shown }, text: "", problem: shown.message };
}

/** The error with the next step on a command line, where the panel's step would be another one. */
export function ofCommandLine(error: GatewayError): GatewayError {
  const message = messageOf(error);
  return { ...error, message };
}

function messageOf({ code, message }: GatewayError): string {
  if (code === "token_missing") {
    return `No token is stored for this account. ${TOKEN_SOURCES} If the gateway is open, add --no-token.`;
  }
  if (code === "token_differs") {
    return `The providers of this account have different tokens. ${TOKEN_SOURCES}`;
  }
  if (code === "environment_token_missing") {
    return "CLOUDFLARE_API_TOKEN is not set, so your Cloudflare account was not asked. Set it and try again.";
  }
  return message;
}

/** Wrong arguments. */
export function usageProblem(message: string): Outcome {
  return problemOf(EXIT.usage, { code: "usage", message });
}

/** A folder that cannot be used. */
export function fileProblem(code: "home_invalid" | "home_unknown", message: string): Outcome {
  return problemOf(EXIT.file, { code, message });
}

/** A failure without a result. */
export function problemOf(
  code: ExitCode,
  error: { readonly code: string; readonly message: string },
): Outcome {
  return { code, data: { error }, text: "", problem: error.message };
}

/** The only line of standard output with `--json`. `command` is null if it is not known. */
export function jsonLine(command: string | null, { code, data }: Outcome): string {
  return `${JSON.stringify({ command, exitCode: code, ...data })}\n`;
}
