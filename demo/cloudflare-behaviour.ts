/** What the gateway can be made to do beside answering by its rules, and how it does it. */
import { withHeaders, without } from "./answer-headers";
import type { Arrival } from "./arrival";
import { act, type Behaviour } from "./behaviour";
import { errorAnswer, type CloudflareErrorCode, type ErrorShape } from "./cloudflare-errors";

export type GatewayBehaviour =
  | Behaviour
  /** Take off every `cf-aig-*` header, as some proxies on the way do. */
  | { readonly kind: "strip-headers" }
  /** Add or replace headers of the answer. */
  | { readonly kind: "headers"; readonly headers: Readonly<Record<string, string>> }
  /** A dynamic route answered with a later step, and perhaps with another model. */
  | { readonly kind: "fallback"; readonly step?: number; readonly model?: string }
  /** One of Cloudflare's errors; `message` picks among those of one code. */
  | {
      readonly kind: "error";
      readonly code: CloudflareErrorCode;
      readonly message?: string;
      readonly shape?: ErrorShape;
    }
  | {
      readonly kind: "redirect";
      readonly location: string;
      readonly status?: 301 | 302 | 307 | 308;
    }
  /** Cloudflare's firewall or a broken worker, in plain text or as a page. */
  | { readonly kind: "edge"; readonly code: 1010 | 1101; readonly html?: boolean };

/** Acts out a behaviour in the place of `usual`, which may still be asked. */
export async function misbehave(
  behaviour: GatewayBehaviour,
  arrival: Arrival,
  usual: () => Promise<Response>,
): Promise<Response> {
  switch (behaviour.kind) {
    case "strip-headers":
      return withoutEvidence(await usual());
    case "headers":
      return withHeaders(await usual(), behaviour.headers);
    case "fallback":
      return withHeaders(await usual(), {
        "cf-aig-step": String(behaviour.step ?? 1),
        ...(behaviour.model === undefined ? {} : { "cf-aig-model": behaviour.model }),
      });
    case "error":
      return errorAnswer(behaviour.code, behaviour);
    case "redirect":
      return new Response(null, {
        status: behaviour.status ?? 302,
        headers: { location: behaviour.location },
      });
    case "edge":
      return edgePage(behaviour.code, behaviour.html ?? false);
    case "delay":
    case "hang":
    case "cut":
    case "endless":
    case "answer":
      return act(behaviour, arrival, usual);
    default:
      return behaviour satisfies never;
  }
}

function withoutEvidence(answer: Response): Response {
  const headers = without(answer.headers, (name) => name.startsWith("cf-aig-"));
  return new Response(answer.body, { status: answer.status, headers });
}

function edgePage(code: 1010 | 1101, html: boolean): Response {
  const status = code === 1010 ? 403 : 500;
  const title = code === 1010 ? "Access denied" : "Worker threw exception";
  return html
    ? new Response(
        `<!DOCTYPE html><html><head><title>${title} | This site used Cloudflare to ` +
          `restrict access</title></head><body><h1>Error ${code}</h1></body></html>`,
        { status, headers: { "content-type": "text/html; charset=UTF-8" } },
      )
    : new Response(`error code: ${code}`, {
        status,
        headers: { "content-type": "text/plain; charset=UTF-8" },
      });
}
