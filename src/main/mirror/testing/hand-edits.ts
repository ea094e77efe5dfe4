/** Random manual edits of mirrored fields, and saves by mux. Duplicates and order are kept. */
import fc from "fast-check";
import { parseTree, type Node } from "jsonc-parser";

export const PANEL_TOKENS = ["panel-token-1", "panel-token-2"] as const;
/** A token that a user writes to a block. Only the panel writes it to a header. */
export const HAND_TOKEN = "hand-token-3";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = "https://gateway.ai.cloudflare.com/";
const ON = "cloudflareGateway";
const OFF = "cloudflareGatewayDisabled";

const TARGETS = ["mirror", "direct", "token", "header", "headers", "baseUrl", "block"] as const;
type Target = (typeof TARGETS)[number];

export type HandEdit =
  /** mux saves the whole file: it keeps the last of equal keys and only its own comments. */
  | { readonly kind: "mux" }
  | { readonly kind: "delete" | "duplicate"; readonly target: Target }
  | { readonly kind: "empty mirror" | "other gateway name" | "rename block" | "rename header" }
  | { readonly kind: "raw header" | "other base URL" | "other gateway URL" | "token in block" }
  | { readonly kind: "paste block" | "paste header" | "change header"; readonly token: string };

export const handEdit: fc.Arbitrary<HandEdit> = fc.oneof(
  fc.constant({ kind: "mux" } as const),
  fc.record({ kind: fc.constantFrom("delete", "duplicate"), target: fc.constantFrom(...TARGETS) }),
  fc.record({
    kind: fc.constantFrom("empty mirror", "other gateway name", "rename block", "rename header"),
  }),
  fc.record({
    kind: fc.constantFrom("raw header", "other base URL", "other gateway URL", "token in block"),
  }),
  fc.record({
    kind: fc.constantFrom("paste block", "paste header", "change header"),
    token: fc.constantFrom(...PANEL_TOKENS),
  }),
);

/** The user's own values after an edit. Null: the edit has destroyed the saved value. */
interface OwnAfter {
  readonly baseUrl?: string | null;
  readonly headers?: null;
  readonly isUnmarked?: true;
}

/** The text after the edit, or null if there is nothing to edit. */
export function edited(
  text: string,
  id: string,
  edit: HandEdit,
): { readonly text: string; readonly own: OwnAfter } | null {
  const root = parse(text);
  if (edit.kind === "mux") {
    const saved = JSON.stringify(dataOf(root), null, 2);
    return { text: `// Managed by mux\n// See the documentation\n${saved}\n`, own: {} };
  }
  const provider = last(root, id);
  if (!Array.isArray(provider)) return null;
  const own = changed(provider, id, edit);
  return own === null ? null : { text: `${print(root)}\n`, own };
}

export function providersIn(text: string): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    parse(text).map(([key, value]) => [
      key,
      Array.isArray(value) ? Object.fromEntries(value.map(([k, v]) => [k, dataOf(v)])) : {},
    ]),
  );
}

/** The tokens of all blocks in the file, duplicates included. */
export function tokensOfBlocks(text: string): readonly string[] {
  return parse(text)
    .flatMap(([, value]) => (Array.isArray(value) ? value : []))
    .filter(([key]) => key === ON || key === OFF)
    .flatMap(([, block]) => {
      const token = Array.isArray(block) ? last(block, "token") : null;
      return token === undefined || token === null || Array.isArray(token)
        ? []
        : [String(token.value)];
    });
}

export function headersOf(provider: object): Readonly<Record<string, unknown>> {
  const headers: unknown = "headers" in provider ? provider.headers : null;
  return typeof headers === "object" && headers !== null ? { ...headers } : {};
}

function changed(
  provider: Members,
  id: string,
  edit: Exclude<HandEdit, { kind: "mux" }>,
): OwnAfter | null {
  const key = provider.some(([name]) => name === ON) ? ON : OFF;
  const block = last(provider, key);
  const headers = last(provider, "headers");
  const name = Array.isArray(headers)
    ? headers.findLast(([each]) => each.toLowerCase() === "cf-aig-authorization")?.[0]
    : undefined;
  const header = Array.isArray(headers) && name !== undefined ? last(headers, name) : undefined;
  const isOwnHeader = print(header ?? null).includes("mine");
  const baseUrl = print(last(provider, "baseUrl") ?? null);
  const isOnGateway = baseUrl.includes(GATEWAY);
  const headersAfter = isOwnHeader ? ({ headers: null } as const) : {};
  switch (edit.kind) {
    case "delete":
    case "duplicate": {
      const places: { readonly [Each in Target]: readonly [Value | undefined, string] } = {
        mirror: [block, "mirror"],
        direct: [block, "direct"],
        token: [block, "token"],
        header: [headers, name ?? ""],
        headers: [provider, "headers"],
        baseUrl: [provider, "baseUrl"],
        block: [provider, key],
      };
      const [object, member] = places[edit.target];
      if (!Array.isArray(object)) return null;
      const index = object.findLastIndex(([each]) => each === member);
      const found = object[index];
      if (!found) return null;
      if (edit.kind === "duplicate") {
        object.splice(index, 0, structuredClone(found));
        return {};
      }
      object.splice(index, 1);
      const keeps = Array.isArray(block) && last(block, "direct") !== undefined;
      const lost = { baseUrl: null, headers: null } as const;
      switch (edit.target) {
        case "mirror":
          return { isUnmarked: true };
        case "direct":
          return lost;
        case "block":
          return { isUnmarked: true, ...(keeps ? lost : {}) };
        case "header":
          return headersAfter;
        case "headers":
          return print(headers ?? null).includes("mine") ? { headers: null } : {};
        case "baseUrl":
          return isOnGateway ? {} : { baseUrl: null };
        case "token":
          return {};
        default:
          return edit.target satisfies never;
      }
    }
    case "empty mirror":
      if (!Array.isArray(block) || last(block, "mirror") === undefined) return null;
      put(block, "mirror", { value: [] });
      return { isUnmarked: true };
    case "other gateway name":
      if (!Array.isArray(block)) return null;
      put(block, "gatewayName", { value: "gw3" });
      return {};
    case "rename block": {
      const other = key === ON ? OFF : ON;
      if (provider.some(([each]) => each === other)) return null;
      const member = provider.findLast(([each]) => each === key);
      if (!member) return null;
      member[0] = other;
      return {};
    }
    case "rename header": {
      if (!Array.isArray(headers) || name === undefined) return null;
      const member = headers.findLast(([each]) => each === name);
      const renamed = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
      if (!member || headers.some(([each]) => each === renamed)) return null;
      member[0] = renamed;
      return {};
    }
    case "raw header":
    case "change header":
      if (!Array.isArray(headers) || name === undefined || header === undefined) return null;
      put(headers, name, {
        value:
          edit.kind === "change header"
            ? `bearer  ${edit.token} `
            : String(dataOf(header)).replace("Bearer ", ""),
      });
      return headersAfter;
    case "other base URL": {
      const newer = id === "acme" ? "https://b.acme.example/v1" : "https://us.api.openai.com/v1";
      put(provider, "baseUrl", { value: newer });
      return { baseUrl: newer };
    }
    case "other gateway URL":
      put(provider, "baseUrl", { value: `${GATEWAY}v1/${ACCOUNT}/gw4/openai` });
      return isOnGateway ? {} : { baseUrl: null };
    case "token in block":
      if (!Array.isArray(block)) return null;
      put(block, "token", { value: HAND_TOKEN });
      return {};
    case "paste block":
      if (key === ON) return null;
      provider.push([
        ON,
        [
          ["accountId", { value: ACCOUNT }],
          ["gatewayName", { value: "gw" }],
          ["token", { value: edit.token }],
        ],
      ]);
      return {};
    case "paste header": {
      if (headers === undefined) provider.push(["headers", []]);
      const target = last(provider, "headers");
      if (!Array.isArray(target)) return null;
      put(target, "Cf-Aig-Authorization", { value: `Bearer ${edit.token}` });
      return {};
    }
    default:
      return edit satisfies never;
  }
}

/** An object with its members in the order of the text, or another value. */
type Value = Members | { readonly value: unknown };
type Members = [key: string, value: Value][];

function parse(text: string): Members {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const value = root === undefined ? [] : valueOf(root);
  return Array.isArray(value) ? value : [];
}

function valueOf(node: Node): Value {
  if (node.type === "object") {
    return (node.children ?? []).flatMap(({ children: [key, value] = [] }): Members =>
      key && value ? [[String(key.value), valueOf(value)]] : [],
    );
  }
  if (node.type === "array")
    return { value: (node.children ?? []).map((each) => dataOf(valueOf(each))) };
  return { value: node.value };
}

function dataOf(value: Value): unknown {
  if (!Array.isArray(value)) return value.value;
  return Object.fromEntries(value.map(([key, member]) => [key, dataOf(member)]));
}

function print(value: Value | null): string {
  if (value === null) return "";
  if (!Array.isArray(value)) return JSON.stringify(value.value);
  return `{${value.map(([key, member]) => `${JSON.stringify(key)}: ${print(member)}`).join(", ")}}`;
}

function last(members: Members, key: string): Value | undefined {
  return members.findLast(([each]) => each === key)?.[1];
}

function put(members: Members, key: string, value: Value): void {
  const member = members.findLast(([each]) => each === key);
  if (member) member[1] = value;
  else members.push([key, value]);
}
