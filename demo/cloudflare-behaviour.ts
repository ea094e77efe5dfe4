/** Scripted behaviour of the gateway, and its implementation. */
import { withHeaders, without } from "./answer-headers";
import type { Arrival } from "./arrival";
import { act, type Behaviour } from "./behaviour";
import { errorAnswer, type CloudflareErrorCode, type ErrorShape } from "./cloudflare-errors";

export type GatewayBehaviour =
  | Behaviour
  /** Remove every `cf-aig-*` header, as some proxies do. */
  | { readonly kind: "strip-headers" }
  /** Add or replace headers of the response. */
  | { readonly kind: "headers"; readonly headers: Readonly<Record<string, string>> }
  /** A dynamic route used a later step, and optionally another model. */
  | { readonly kind: "fallback"; readonly step?: number; readonly model?: string }
  /** One of Cloudflare's errors; `message` selects among those with the same code. */
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

/** Performs a behaviour instead of `usual`, which it may call. */
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

/** Cloudflare's firewall or a broken worker, in plain text or as a page. */
export function edgePage(code: 1010 | 1101, html: boolean): Response {
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
