// @vitest-environment happy-dom
import {
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
  within,
} from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { gatewayError } from "../../shared/errors";
import { success } from "../../shared/result";
import type { RememberedTest } from "../../shared/tests";
import type { ProvidersView } from "../../shared/view";
import { MemoryGateway } from "../testing/memory-gateway";
import { diagnosis, report } from "../testing/sample-reports";
import { ACCOUNT, block, gateway, provider, view } from "../testing/sample-views";
import { loadRowDetails } from "./row/details-on-demand";
import { CloudflareGatewaySection } from "./section";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(loadRowDetails);
afterEach(cleanup);

const TEAM = { accountId: ACCOUNT, gatewayName: "team-gateway" };
const ROUTED = provider({ route: "gateway", gateway: block({ hasToken: true }) });
const TWO_GATEWAYS = view({
  providers: [ROUTED],
  gateways: [gateway({ active: ["anthropic"] }), gateway({ ...TEAM, isUsual: false })],
});

async function shown(with_: ProvidersView, tests: readonly RememberedTest[] = []) {
  const host = new MemoryGateway(with_);
  const remembered = { tests, muxTests: [], directTests: [], models: [] };
  render(
    <CloudflareGatewaySection
      api={{ ...host.api, tests: () => Promise.resolve(success(remembered)) }}
    />,
  );
  const row = within(await screen.findByRole("listitem", { name: "Anthropic" }));
  return { host, row, trigger: row.getByRole("button", { name: /^Anthropic\./ }) };
}

type Row = Awaited<ReturnType<typeof shown>>["row"];

/** Chooses an entry of the route's menu. */
async function choose(row: Row, entry: string): Promise<void> {
  fireEvent.click(row.getByRole("button", { name: /^Route of Anthropic/ }));
  const menu = within(await screen.findByRole("menu"));
  fireEvent.click(
    menu.queryByRole("menuitemradio", { name: entry }) ??
      menu.getByRole("menuitem", { name: entry }),
  );
}

const selected = (row: Row) => row.getByRole("tab", { selected: true }).textContent;

describe("the menu of a route", () => {
  it("sends the provider through another gateway, or direct, in one call", async () => {
    const { host, row } = await shown(TWO_GATEWAYS);
    await choose(row, "team-gateway");
    await row.findByText("Through team-gateway");
    await choose(row, "Direct");
    await row.findByText("Direct to api.anthropic.com");
    expect(host.received).toEqual([
      ["enable", { provider: "anthropic", ...TEAM, seen: "mark-1" }],
      ["disable", { provider: "anthropic", seen: "mark-1+" }],
    ]);
  });

  it("marks the current route, and changes nothing when it is chosen again", async () => {
    const { host, row } = await shown(view({ providers: [provider()] }));
    fireEvent.click(row.getByRole("button", { name: "Route of Anthropic: Direct" }));
    const direct = await screen.findByRole("menuitemradio", { name: "Direct" });
    expect(direct.getAttribute("aria-checked")).toBe("true");
    fireEvent.click(direct);
    await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
    expect(host.received).toEqual([]);
  });

  it("opens the settings with the chosen gateway when its token is not known", async () => {
    const gateways = [gateway({ ...TEAM, token: "none", disabled: ["xai"] })];
    const { host, row } = await shown(view({ providers: [provider()], usual: null, gateways }));
    await choose(row, "team-gateway");
    await waitFor(() => expect(document.activeElement).toBe(row.getByLabelText("Gateway token")));
    const picker = row.getByRole<HTMLSelectElement>("combobox", { name: "Gateway" });
    expect(picker.selectedOptions[0]?.textContent).toBe("team-gateway");
    expect(host.received).toEqual([]);
  });

  it("opens the form for a new gateway", async () => {
    const { row } = await shown(TWO_GATEWAYS);
    await choose(row, "Add gateway…");
    expect(await screen.findByRole("form", { name: "New gateway" })).toBeDefined();
  });
});

describe("a row", () => {
  const failed = report({ ok: false, diagnosis: diagnosis("provider") });

  it("names its route and its last result", async () => {
    const tests = [{ provider: "anthropic", report: failed, stale: false }];
    const { row } = await shown(TWO_GATEWAYS, tests);
    const short = diagnosis("provider").short;
    const name = `Anthropic. Through my-gateway. Last test: ${short}`;
    expect(await row.findByRole("button", { name })).toBeDefined();
    cleanup();
    const old = [{ provider: "anthropic", report: report(), stale: true }];
    const later = await shown(TWO_GATEWAYS, old);
    const outdated = /^Anthropic\. .* Last test: Passed, outdated$/;
    expect(await later.row.findByRole("button", { name: outdated })).toBeDefined();
  });

  it("opens on the report of a failed test, otherwise on its settings", async () => {
    const { row, trigger } = await shown(TWO_GATEWAYS, [
      { provider: "anthropic", report: failed, stale: false },
    ]);
    await row.findByText(diagnosis("provider").short);
    fireEvent.click(trigger);
    expect(selected(row)).toBe("Last test");
    expect(row.getByText("It said no.")).toBeDefined();
    cleanup();
    const passed = await shown(TWO_GATEWAYS, [
      { provider: "anthropic", report: report(), stale: false },
    ]);
    await passed.row.findByText("Passed");
    fireEvent.click(passed.trigger);
    expect(selected(passed.row)).toBe("Settings");
  });

  it("shows the last test with the focus when its result is pressed", async () => {
    const { row } = await shown(TWO_GATEWAYS, [
      { provider: "anthropic", report: report(), stale: false },
    ]);
    const result = await row.findByText("Passed");
    fireEvent.click(result);
    expect(selected(row)).toBe("Last test");
    expect(document.activeElement).toBe(row.getByRole("group", { name: "Test of Anthropic" }));
    fireEvent.keyDown(row.getByRole("tab", { name: "Last test" }), { key: "ArrowRight" });
    fireEvent.focus(row.getByRole("tab", { name: "Settings" }));
    expect(selected(row)).toBe("Settings");
  });

  it("tests the provider when T is pressed in the row, but not in its form", async () => {
    const { host, row, trigger } = await shown(TWO_GATEWAYS);
    fireEvent.click(trigger);
    fireEvent.keyDown(row.getByRole("combobox", { name: "Gateway" }), { key: "t" });
    expect(host.received).toEqual([]);
    fireEvent.keyDown(trigger, { key: "t" });
    expect(host.received).toMatchObject([["test", { provider: "anthropic" }]]);
    await row.findByRole("button", { name: "Stop the test of Anthropic" });
    fireEvent.keyDown(trigger, { key: "t" });
    expect(host.received).toHaveLength(1);
  });

  it("keeps showing that a test was refused after the row is closed", async () => {
    const { host, row, trigger } = await shown(TWO_GATEWAYS);
    fireEvent.click(row.getByRole("button", { name: "Test Anthropic" }));
    const error = gatewayError("key_missing", { provider: "anthropic", variables: [] });
    host.finishTest({ success: false, error });
    await row.findByText(error.message);
    fireEvent.click(trigger);
    expect(row.queryByText(error.message)).toBeNull();
    expect(row.getByTitle("Show the last test").getAttribute("data-tone")).toBe("bad");
  });

  it("says in its chip and its settings that mux takes another route", async () => {
    const message = "mux sends these models through OpenRouter.";
    const muxRoute = {
      kind: "gateway",
      gateway: "openrouter",
      name: "OpenRouter",
      testable: true,
      message,
    } as const;
    const { row, trigger } = await shown(view({ providers: [{ ...ROUTED, muxRoute }] }));
    row.getByRole("button", { name: "Route of Anthropic: mux uses OpenRouter" });
    fireEvent.click(trigger);
    expect(row.getByText(message)).toBeDefined();
  });

  it("claims no route and no missing key while the file is invalid", async () => {
    const problem = gatewayError("file_invalid", {
      file: "providers.jsonc",
      line: 3,
      column: 9,
      what: "a comma is missing",
    });
    const { row } = await shown(view({ problem, providers: [provider({ keySource: "none" })] }));
    expect(row.queryByText(/Direct|No key|No API key|Not tested/)).toBeNull();
    row.getByRole("button", { name: /^Anthropic\. Route unknown\./ });
  });
});

describe("the form in a row", () => {
  it("is empty after the gateway settings are removed, until the row is closed", async () => {
    const providers = [ROUTED, provider({ ...ROUTED, id: "xai", name: "xAI" })];
    const { row, trigger } = await shown(view({ providers }));
    fireEvent.click(trigger);
    fireEvent.click(row.getByRole("button", { name: "Remove" }));
    const field = await row.findByLabelText("Account ID");
    expect(field).toHaveProperty("value", "");
    expect(row.getByLabelText("Gateway name")).toHaveProperty("value", "");
    fireEvent.click(trigger);
    fireEvent.click(trigger);
    const picker = row.getByRole<HTMLSelectElement>("combobox", { name: "Gateway" });
    expect(picker.selectedOptions[0]?.textContent).toBe("my-gateway");
  });

  it("keeps the text when Escape ends the composition of an input method", async () => {
    const { row, trigger } = await shown(TWO_GATEWAYS);
    fireEvent.click(trigger);
    const picker = row.getByRole("combobox", { name: "Gateway" });
    fireEvent.change(picker, { target: { value: "another" } });
    const field = row.getByLabelText("Gateway name");
    fireEvent.change(field, { target: { value: "にほん" } });
    fireEvent.keyDown(field, { key: "Escape", isComposing: true });
    fireEvent.keyDown(field, { key: "Escape", keyCode: 229 });
    expect(field.isConnected).toBe(true);
    expect(field).toHaveProperty("value", "にほん");
    fireEvent.keyDown(field, { key: "Escape" });
    await waitFor(() => expect(field.isConnected).toBe(false));
  });

  it("moves the focus to the question when the file has changed", async () => {
    const { host, row } = await shown(TWO_GATEWAYS);
    host.refuseNext = gatewayError("conflict", { provider: "anthropic" });
    fireEvent.click(row.getByRole("switch"));
    const mine = await row.findByRole("button", { name: "Keep mine" });
    const question = mine.closest(".cfgw-change-problem");
    await waitFor(() => expect(document.activeElement).toBe(question));
  });
});
