/** Says why a request to Cloudflare's API got no answer. */
import { failure, type Failure } from "../../shared/errors";

/** By Node's and undici's codes. */
const REASONS: readonly (readonly [code: RegExp, why: string])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, "its name was not found"],
  [/^ECONNREFUSED$/, "the connection was refused"],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|PROXY_HUNG_UP)$/, "the connection was closed"],
  [/^(?:ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL)$/, "this computer is offline"],
  [/^(?:ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, "the connection was not established in time"],
  [/SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|CERT_UNTRUSTED/, "its certificate is not trusted"],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, "its certificate is not valid at this time"],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "the certificate belongs to another host"],
];

/** The longest chain of causes to follow. */
const DEEPEST = 6;

/** The failure of a fetch that rejected. Only the error's code is quoted. */
export function unreachable(error: unknown): Failure {
  const errors = chain(error);
  if (errors.some(({ message }) => message === "unexpected redirect")) {
    return failure("api_redirected");
  }
  const codes = errors.map(codeOf).filter((code) => code !== null);
  if (codes.includes("RESPONSE_TOO_LONG")) return failure("api_answer_too_large");
  for (const code of codes) {
    const reason = REASONS.find(([pattern]) => pattern.test(code));
    if (reason) return failure("api_unreachable", { why: reason[1] });
  }
  const [code] = codes;
  return failure("api_unreachable", {
    why: code === undefined ? "the connection failed" : `the connection failed (${code})`,
  });
}

function chain(error: unknown): readonly Error[] {
  const errors: Error[] = [];
  for (let next = error; next instanceof Error && errors.length < DEEPEST; next = next.cause) {
    errors.push(next);
    if (next instanceof AggregateError) {
      errors.push(...next.errors.filter((each) => each instanceof Error));
    }
  }
  return errors;
}

function codeOf(error: Error): string | null {
  if (!("code" in error) || typeof error.code !== "string") return null;
  return /^[A-Z0-9_]{1,60}$/.test(error.code) ? error.code : null;
}
