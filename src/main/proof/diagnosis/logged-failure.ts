/** Explains a failed request of the gateway's log by the same rules as a route test. */
import type { Diagnosis } from "../../../shared/report";
import { GATEWAY_HOST } from "../../../shared/gateway-host";
import { NO_TIMES } from "../observe/exchange";
import { diagnose } from "./diagnosis";

export interface LoggedResponse {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly segment: string;
  /** The provider's name in the panel. */
  readonly providerName: string;
  readonly model: string | null;
  readonly status: number;
  readonly body: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** In place of every quoted text, which can hold parts of a prompt. Its sentence ends before it. */
const NOT_SHOWN = "(text not shown)";

/** A clause before a colon that says enough without what followed. */
const CLAUSE = /^(?:\S+ ){4,}\S+$/u;

/** The text without its quotes: a sentence ends before them, or is left out if nothing remains. */
function withoutQuotes(text: string): string {
  if (!text.includes(NOT_SHOWN)) return text;
  const sentences = text.split(/(?<=[.!?]) (?=\p{Lu})/u).flatMap((sentence) => {
    if (!sentence.includes(NOT_SHOWN)) return [sentence];
    const [clause = ""] = sentence.split(`: ${NOT_SHOWN}`);
    return clause !== sentence && CLAUSE.test(clause) ? [`${clause}.`] : [];
  });
  return sentences.join(" ");
}

/** The diagnosis of a logged response. It quotes nothing of the response. */
export function diagnoseLogged(response: LoggedResponse): Diagnosis {
  const { accountId, gatewayName, segment, status, body, at } = response;
  const names = [accountId, gatewayName, segment].map(encodeURIComponent);
  const found = diagnose(
    {
      providerName: response.providerName,
      model: response.model ?? "the model",
      expected: "gateway",
      endedAt: new Date(at),
      exchange: {
        method: "POST",
        url: `https://${GATEWAY_HOST}/v1/${names.join("/")}`,
        host: GATEWAY_HOST,
        // The log does not say whether a token was sent; the panel stores one where it is needed.
        sentHeaders: [["cf-aig-authorization", NOT_SHOWN]],
        sentBody: "",
        proxy: null,
        address: null,
        // Cloudflare's own log, read over verified TLS, says that the gateway received it.
        tls: { check: "verified", issuer: null },
        status,
        headers: [["cf-aig-step", "0"]],
        body,
        bodyCut: false,
        text: body,
        complete: true,
        failure: null,
        at: NO_TIMES,
        arrivals: [],
      },
      refusedUrl: null,
      timedOutAfterMs: null,
      problems: [],
      sdkMessage: null,
      sdkFinishReason: null,
    },
    (text) => (text === "" ? "" : NOT_SHOWN),
  );
  return {
    ...found,
    title: withoutQuotes(found.title),
    meaning: withoutQuotes(found.meaning),
    action: withoutQuotes(found.action),
  };
}
