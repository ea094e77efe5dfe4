/** Formats a test's request as a cURL command, with each secret as an environment variable. */
import { keyVariableFor } from "./key-host";
import type { TestReport } from "./report";

/** Headers that cURL sets itself, or that apply only to the original connection. */
const NOT_COPIED = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "host",
  "user-agent",
]);

/**
 * The command for a POSIX shell, or null when no request was made. Keys and tokens are written as
 * `$VARIABLE`, with mux's names of the environment variables.
 */
export function curlOf(report: TestReport): string | null {
  const { request } = report;
  if (request?.headers === undefined) return null;
  const headers = request.headers
    .filter(([name]) => !NOT_COPIED.has(name))
    .map(([name, value]) => `-H ${header(name, value, report.provider, request.url)}`);
  const body = request.body === undefined ? [] : [`--data-raw ${quoted(request.body)}`];
  return [`curl -sS -i -X ${request.method} ${quoted(request.url)}`, ...headers, ...body].join(
    " \\\n  ",
  );
}

function header(name: string, value: string, provider: string, url: string): string {
  const variable = variableOf(name, provider, url);
  if (variable === null) return quoted(`${name}: ${value}`);
  const scheme = name.endsWith("authorization") ? "Bearer " : "";
  // Double quotes let the shell insert the secret.
  return `"${name}: ${scheme}$${variable}"`;
}

/** The variable with the secret of a header, or null when the header has no secret. */
function variableOf(name: string, provider: string, url: string): string | null {
  switch (name) {
    case "cf-aig-authorization":
      return "CF_AIG_TOKEN";
    case "authorization":
    case "x-api-key":
    case "x-goog-api-key":
    case "api-key":
      return keyVariableFor(provider, url) ?? "PROVIDER_API_KEY";
    case "cookie":
      return "COOKIE";
    default:
      return null;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
