/** Calls of Cloudflare's API with one token, with parsed results. */
import type { z } from "zod";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { redactor } from "../text/redact";
import type { ApiAnswer, ApiClient, ApiRequest } from "./api-client";
import { API_SCHEMAS, type ApiSchemas } from "./api-schemas";
import { apiText } from "./api-text";
import { apiRefusal, apiResult, type Asked } from "./api-refusal";

export type Call = Omit<ApiRequest, "token"> & { readonly asked: Asked };

/** More rows than any account has, so that a broken answer cannot page without end. */
const MOST_PAGES = 20;
export const PER_PAGE = 50;

export interface List<T> {
  readonly rows: readonly T[];
  /** False if there are more than were read. */
  readonly isComplete: boolean;
}

export interface Api {
  readonly schemas: ApiSchemas;
  /** One object. Fails with `api_answer_unreadable` if it does not match the schema. */
  readonly object: <T>(call: Call, schema: z.ZodType<T>) => Promise<Result<T>>;
  /** All rows of a list, page by page. A row that does not match the schema is left out. */
  readonly list: <T>(call: Call, schema: z.ZodType<T>) => Promise<Result<List<T>>>;
  /** The rows of one page, and the number of all rows; null if Cloudflare does not say. */
  readonly page: <T>(
    call: Call,
    schema: z.ZodType<T>,
  ) => Promise<Result<{ readonly rows: readonly T[]; readonly count: number | null }>>;
  /** An answer without the usual envelope. An error status is a failure. */
  readonly raw: (call: Call) => Promise<Result<ApiAnswer>>;
  /** A text of Cloudflare's, safe to show. */
  readonly shown: (text: string) => string;
}

/** Binds a token to the client. The token is removed from texts that are shown. */
export async function openApi(client: ApiClient, token: string): Promise<Api> {
  const redact = redactor([token]);
  const schemas = await API_SCHEMAS();
  const reading = { schemas, redact };
  const result = async ({ asked, ...request }: Call) => {
    const answer = await client.send({ ...request, token });
    return answer.success ? apiResult(answer.data, asked, reading) : answer;
  };
  const unreadable = () => failure("api_answer_unreadable", { status: 200 });

  const page = async <T>(call: Call, schema: z.ZodType<T>) => {
    const answer = await result(call);
    if (!answer.success) return answer;
    // An empty list may come as null.
    const rows = schemas.list.safeParse(answer.data.result ?? []);
    if (!rows.success) return unreadable();
    const known = rows.data.flatMap((row) => {
      const parsed = schema.safeParse(row);
      return parsed.success ? [{ id: idOf(row), row: parsed.data }] : [];
    });
    return success({
      rows: known.map(({ row }) => row),
      ids: known.map(({ id }) => id),
      size: rows.data.length,
      count: answer.data.count,
      pages: answer.data.pages,
    });
  };

  return {
    schemas,
    page,
    shown: (text) => apiText(text, redact),
    object: async (call, schema) => {
      const answer = await result(call);
      if (!answer.success) return answer;
      const parsed = schema.safeParse(answer.data.result);
      return parsed.success ? success(parsed.data) : unreadable();
    },
    list: async <T>(call: Call, schema: z.ZodType<T>): Promise<Result<List<T>>> => {
      const rows: T[] = [];
      const seen = new Set<string>();
      for (let number = 1; number <= MOST_PAGES; number += 1) {
        const query = { ...call.query, page: number, per_page: PER_PAGE };
        const read = await page({ ...call, query }, schema);
        if (!read.success) return read;
        const { size, pages, ids } = read.data;
        rows.push(...read.data.rows.filter((_, at) => isFirst(ids[at] ?? null, seen)));
        // Without a number of pages, a page that is not full is the last one.
        const isLast = pages === null ? size < PER_PAGE : number >= pages;
        if (isLast || size === 0) return success({ rows, isComplete: true });
      }
      return success({ rows, isComplete: false });
    },
    raw: async ({ asked, ...request }) => {
      const answer = await client.send({ ...request, token });
      if (!answer.success || answer.data.status < 400) return answer;
      return apiRefusal(answer.data, asked, reading);
    },
  };
}

function idOf(row: unknown): string | null {
  const id = typeof row === "object" && row !== null && "id" in row ? row.id : null;
  return typeof id === "string" ? id : null;
}

/** False if an earlier row had this ID: a row that is added meanwhile moves others to the next page. */
function isFirst(id: string | null, seen: Set<string>): boolean {
  if (id === null) return true;
  const isNew = !seen.has(id);
  seen.add(id);
  return isNew;
}
