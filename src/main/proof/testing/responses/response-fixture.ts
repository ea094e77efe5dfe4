/** For tests: error responses of one sender, rebuilt from public sources. */

/** One response and the rule that explains it. */
export type ResponseRow = readonly [
  status: number,
  rule: string,
  body: string | object,
  headers?: Readonly<Record<string, string>>,
];

export interface SenderFixtures {
  /** Who sends them, by its own name. */
  readonly sender: string;
  /** Where its responses are documented or reported. */
  readonly source: string;
  /** Base URL of the provider's own host. */
  readonly baseUrl: string;
  readonly rows: readonly ResponseRow[];
}

/** OpenAI's form, which many services use. */
export function openAi(message: string, type: string | null, code: string | number | null = null) {
  return { error: { message, type, param: null, code } };
}

/** Anthropic's form. */
export function anthropic(type: string, message: string) {
  return { type: "error", error: { type, message }, request_id: "req_1" };
}

/** Google's form. */
export function google(code: number, status: string, message: string, reason?: string) {
  const details = reason === undefined ? [] : [{ "@type": "x/google.rpc.ErrorInfo", reason }];
  return { error: { code, message, status, details } };
}
