import { describe, expect, it } from "vitest";

import type { ProviderView } from "../../../shared/view";
import { block, OLLAMA, provider } from "../../testing/sample-views";
import {
  ALL_CLOSED,
  firstState,
  hidingFold,
  listEntries,
  withClosed,
  withOpen,
  withPlaces,
  type ListState,
} from "./list-entries";

const named = (id: string, changes: Partial<ProviderView> = {}) =>
  provider({ id, name: id, ...changes });
const keyless = (id: string, changes: Partial<ProviderView> = {}) =>
  named(id, { keySource: "none", ...changes });
const custom = (id: string, changes: Partial<ProviderView> = {}) =>
  named(id, { kind: "custom", keySource: "none", ...changes });

/** One line per entry; a hidden one starts with a minus. */
function linesOf(
  providers: readonly ProviderView[],
  state: ListState = ALL_CLOSED,
  matching: ReadonlySet<string> | null = null,
) {
  return listEntries(providers, state, matching).map((entry) => {
    const sign = entry.hidden ? "-" : "";
    switch (entry.kind) {
      case "heading":
        return `${sign}[${entry.group}]`;
      case "row":
        return `${sign}${entry.provider.id}`;
      case "fold":
        return `${sign}${entry.open ? "v" : ">"} ${entry.providers.length} ${entry.fold}`;
      default:
        return entry satisfies never;
    }
  });
}

const MIXED = [
  keyless("anthropic"),
  named("openai"),
  named("google", { enabled: false }),
  named("openrouter"),
  named("bedrock", { unroutable: "signed" }),
  OLLAMA,
  custom("own"),
];

describe("the list", () => {
  it("has mux's groups with the usable providers first, then one line for each kind of other", () => {
    expect(linesOf(MIXED)).toEqual([
      "[direct]",
      "openai",
      "[gateway]",
      "openrouter",
      "[custom]",
      "own",
      "> 2 idle",
      "> 2 unroutable",
    ]);
  });

  it("never collapses a routed or leaking provider", () => {
    const leak = { host: "h", fix: "remove_token_header" } as const;
    const routed = { route: "gateway", gateway: block() } as const;
    expect(
      linesOf([
        keyless("anthropic", routed),
        named("openai", { enabled: false, leak }),
        { ...OLLAMA, ...routed },
      ]),
    ).toEqual(["[direct]", "anthropic", "openai", "[local]", "ollama"]);
  });

  it("expands a line, and keeps its rows mounted after it is collapsed again", () => {
    const open = withOpen("idle", MIXED, ALL_CLOSED);
    expect(linesOf(MIXED, open).slice(-4)).toEqual([
      "v 2 idle",
      "anthropic",
      "google",
      "> 2 unroutable",
    ]);
    expect(linesOf(MIXED, withClosed("idle", open)).slice(-4)).toEqual([
      "> 2 idle",
      "-anthropic",
      "-google",
      "> 2 unroutable",
    ]);
  });

  it("expands the line by itself when there is nothing else to show", () => {
    const providers = [keyless("anthropic"), OLLAMA];
    expect(linesOf(providers, firstState(providers))).toEqual([
      "v 1 idle",
      "anthropic",
      "> 1 unroutable",
    ]);
    expect(firstState([])).toBe(ALL_CLOSED);
    expect(firstState(MIXED).open.size).toBe(0);
  });

  it("shows all that a filter finds, without headings of empty groups", () => {
    const matching = new Set(["openrouter", "ollama", "google"]);
    expect(linesOf(MIXED, ALL_CLOSED, matching)).toEqual([
      "-[direct]",
      "-openai",
      "[gateway]",
      "openrouter",
      "-[custom]",
      "-own",
      "-> 2 idle",
      "-anthropic",
      "google",
      "-> 2 unroutable",
      "-bedrock",
      "ollama",
    ]);
  });

  it("leaves a provider in its place when it loses its key", () => {
    const state = firstState([named("anthropic"), named("openai")]);
    const now = [keyless("anthropic"), named("openai")];
    expect(linesOf(now, withPlaces(now, state))).toEqual(["[direct]", "anthropic", "openai"]);
  });

  it("leaves a provider in an expanded line when it is turned on, until the line is collapsed", () => {
    const before = [named("openai"), keyless("anthropic"), keyless("xai")];
    const open = withOpen("idle", before, firstState(before));
    const routed = keyless("anthropic", { route: "gateway", gateway: block() });
    const now = [named("openai"), routed, keyless("xai")];
    expect(linesOf(now, withPlaces(now, open))).toEqual([
      "[direct]",
      "openai",
      "v 1 idle",
      "anthropic",
      "xai",
    ]);
    expect(linesOf(now, withClosed("idle", open))).toEqual([
      "[direct]",
      "openai",
      "anthropic",
      "> 1 idle",
      "-xai",
    ]);
  });

  it("finds the line that hides a provider", () => {
    const open = withOpen("unroutable", MIXED, ALL_CLOSED);
    expect(MIXED.map((each) => hidingFold(each, open))).toEqual([
      "idle",
      null,
      "idle",
      null,
      null,
      null,
      null,
    ]);
  });
});
