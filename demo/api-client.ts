/** The client of the stand-in for Cloudflare's API in tests. */
import { z } from "zod";
import { API_HOST } from "./api";
import { DEMO_API_TOKEN } from "./names";

const bodySchema = z.object({
  success: z.boolean().optional(),
  errors: z
    .array(
      z.object({
        code: z.number().optional(),
        message: z.string(),
        path: z.array(z.unknown()).nullable().optional(),
        error_chain: z.array(z.unknown()).optional(),
      }),
    )
    .nullable()
    .optional(),
  messages: z.array(z.unknown()).optional(),
  result: z.unknown().optional(),
  result_info: z.record(z.string(), z.number()).optional(),
  data: z.unknown().optional(),
});

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty if the answer is not JSON. */
  readonly body: z.infer<typeof bodySchema>;
}

/** Calls a path of the API with the demo's token, or with another one. */
export function apiClient(fetch: typeof globalThis.fetch) {
  return async (
    path: string,
    init: RequestInit = {},
    secret = DEMO_API_TOKEN,
  ): Promise<ApiAnswer> => {
    const answer = await fetch(`https://${API_HOST}/client/v4${path}`, {
      ...init,
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: bodyOf(text) };
  };
}

function bodyOf(text: string): ApiAnswer["body"] {
  try {
    return bodySchema.catch({ result: null, data: null }).parse(JSON.parse(text));
  } catch {
    return { result: null, data: null };
  }
}
