// @vitest-environment happy-dom
/** A provider that mux sends elsewhere: its row and its report are about mux's route. */
import { cleanup, configure, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { gatewayError } from "../../shared/errors";
import type { MuxRoute } from "../../shared/mux-route";
import { success } from "../../shared/result";
import type { ProviderView } from "../../shared/view";
import { MemoryGateway } from "../testing/memory-gateway";
import { diagnosis, GATEWAY_URL, report } from "../testing/sample-reports";
import { block, provider, view } from "../testing/sample-views";
import { CloudflareGatewaySection } from "./section";

// On a busy machine, updates can take longer than the default of one second.
configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

const ROUTED = { route: "gateway", gateway: block() } as const;
const OPENROUTER: MuxRoute = {
  kind: "gateway",
  gateway: "openrouter",
  name: "OpenRouter",
  testable: true,
  message: "mux sends these models through OpenRouter.",
};
const LOGIN: MuxRoute = {
  kind: "login",
  name: "the Codex login",
  message: "mux uses the Codex login.",
};
const VIA_OPENROUTER = report({
  route: "mux",
  through: "OpenRouter",
  expected: "direct",
  verdict: "direct",
  request: { method: "POST", url: "https://openrouter.ai/api/v1/chat/completions" },
});

async function shown(changes: Partial<ProviderView>, remembered = true, stale = false) {
  const host = new MemoryGateway(view({ providers: [provider({ ...ROUTED, ...changes })] }));
  const last = { provider: "anthropic", report: report(), stale };
  const tests = { tests: remembered ? [last] : [], muxTests: [], directTests: [], models: [] };
  render(
    <CloudflareGatewaySection
      api={{ ...host.api, tests: () => Promise.resolve(success(tests)) }}
    />,
  );
  const row = within(await screen.findByRole("listitem", { name: "Anthropic" }));
  return {
    host,
    row,
    press: (name: string) => fireEvent.click(screen.getByRole("button", { name })),
  };
}

describe("the test of a provider that mux sends elsewhere", () => {
  it("takes mux's route, and its result is not the settings' earlier one", async () => {
    const { host, row, press } = await shown({ muxRoute: OPENROUTER });
    expect(row.getByRole("button", { name: /^Last test: Not tested/ })).toBeDefined();
    press("Test Anthropic");
    expect(host.received).toMatchObject([["test", { provider: "anthropic", route: "mux" }]]);
    host.finishTest(success(VIA_OPENROUTER));
    await row.findByRole("button", { name: /^Last test: Passed/ });
  });

  it("shows both URLs and the settings' result, and tests the settings' route on request", async () => {
    const { host, row, press } = await shown({ muxRoute: OPENROUTER });
    press("Test Anthropic");
    host.finishTest(success(VIA_OPENROUTER));
    const detour = await screen.findByRole("group", { name: "Requests take another route now" });
    expect(detour.textContent).toContain(OPENROUTER.message);
    expect(detour.textContent).toContain("https://openrouter.ai/api/v1/chat/completions");
    expect(detour.textContent).toContain(GATEWAY_URL);
    expect(detour.textContent).toContain("Passed");
    press("Test the settings’ route");
    expect(host.received.at(-1)).toMatchObject(["test", { route: "saved" }]);
    host.finishTest(success(report({ startedAt: "2026-11-23T09:00:00.000Z" })));
    await screen.findByText(/took the route in the settings/);
    // The row stays with mux's result, of which this page has none any more.
    expect(row.getByRole("button", { name: /^Last test: Not tested/ })).toBeDefined();
    press("Test the route in use");
    expect(host.received.at(-1)).toMatchObject(["test", { route: "mux" }]);
  });

  it("shows the current URL of the settings when they have changed since the test", async () => {
    const baseUrl = "https://gateway.ai.cloudflare.com/v1/a/another/anthropic/v1";
    const { host, press } = await shown({ muxRoute: OPENROUTER, baseUrl }, true, true);
    press("Test Anthropic");
    host.finishTest(success(VIA_OPENROUTER));
    const detour = await screen.findByRole("group", { name: "Requests take another route now" });
    expect(detour.textContent).toContain(baseUrl);
    expect(detour.textContent).not.toContain(GATEWAY_URL);
    expect(detour.textContent).toContain("outdated");
  });

  it("says once where to choose the route, and beside the button of a failed test", async () => {
    const { host, press } = await shown({ muxRoute: OPENROUTER });
    press("Test Anthropic");
    const act = { kind: "set_route_priority", setting: "priority" } as const;
    const notes = [{ code: "mux_gateway_called", message: OPENROUTER.message } as const];
    const failed = { ok: false, diagnosis: { ...diagnosis("provider"), act }, notes };
    host.finishTest(success({ ...VIA_OPENROUTER, ...failed }));
    await screen.findByRole("button", { name: "Test again with another route" });
    expect(screen.getByText(/^In mux, open Settings → Providers → Route priority/)).toBeDefined();
    expect(screen.getAllByText(OPENROUTER.message)).toHaveLength(1);
  });

  it("uses mux's route with Test all", async () => {
    const { host, press } = await shown({ muxRoute: OPENROUTER });
    press("Test all");
    expect(host.received).toMatchObject([["test", { provider: "anthropic", route: "mux" }]]);
  });

  it("offers only the settings' route when mux uses a login", async () => {
    const { host, press } = await shown({ muxRoute: LOGIN }, false);
    press("Test Anthropic");
    const error = gatewayError("mux_route_login", {
      provider: "anthropic",
      app: "mux",
      name: "the Codex login",
    });
    host.finishTest({ success: false, error });
    const detour = await screen.findByRole("group", { name: "Requests take another route now" });
    expect(detour.textContent).toContain(LOGIN.message);
    expect(detour.textContent).toContain("not tested yet");
    expect(screen.queryByRole("button", { name: "Test the route in use" })).toBeNull();
    press("Test the settings’ route");
    expect(host.received.at(-1)).toMatchObject(["test", { route: "saved" }]);
  });

  it("says nothing while mux takes the settings' route", async () => {
    const { host, row, press } = await shown({});
    press("Test Anthropic");
    expect(host.received).toMatchObject([["test", { route: "saved" }]]);
    host.finishTest(success(report({ startedAt: "2026-11-23T09:00:00.000Z" })));
    await row.findByRole("button", { name: /^Last test: Passed/ });
    expect(screen.queryByRole("group", { name: "Requests take another route now" })).toBeNull();
  });
});
