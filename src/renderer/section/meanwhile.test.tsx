// @vitest-environment happy-dom
/** Input during a pending operation: it is neither lost nor applied to another provider. */
import {
  act,
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
  within,
} from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import type { GatewayApi } from "../../shared/contract";
import { failure, gatewayError } from "../../shared/errors";
import { success } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { SettingsShell } from "../shell/settings-shell";
import { expandEvidence } from "../testing/evidence";
import { MemoryGateway } from "../testing/memory-gateway";
import { routeAll } from "../testing/page-menu";
import { report } from "../testing/sample-reports";
import { ACCOUNT, block, provider, view } from "../testing/sample-views";
import { createGatewayClient } from "./data/queries";
import { loadRowDetails } from "./row/details-on-demand";
import { CloudflareGatewaySection } from "./section";

// On a busy machine, updates can take longer than the default of one second.
configure({ asyncUtilTimeout: 10_000 });
beforeAll(loadRowDetails);
afterEach(cleanup);

const ROUTED = { route: "gateway", gateway: block() } as const;
const ANTHROPIC = provider(ROUTED);

async function rowOf(name: string) {
  return within(await screen.findByRole("listitem", { name }));
}

async function opened(name = "Anthropic") {
  const row = await rowOf(name);
  fireEvent.click(row.getByRole("button", { name: new RegExp(`^${name}\\.`) }));
  fireEvent.change(row.getByRole("combobox", { name: "Gateway" }), {
    target: { value: "another" },
  });
  const field = row.getByLabelText<HTMLInputElement>("Gateway name");
  return {
    row,
    field,
    type: (text: string) => fireEvent.change(field, { target: { value: text } }),
    save: () => fireEvent.click(row.getByRole("button", { name: "Save" })),
  };
}

async function shown(
  with_: ProvidersView,
  changes: (api: GatewayApi) => Partial<GatewayApi> = () => ({}),
) {
  const host = new MemoryGateway(with_);
  const told: (readonly string[])[] = [];
  render(
    <CloudflareGatewaySection
      api={{ ...host.api, ...changes(host.api) }}
      onUnsavedChange={(names) => told.push(names)}
    />,
  );
  return { host, told, ...(await opened()) };
}

const notice = async (text: string) => screen.findByText(text, { selector: ".cfgw-undo p" });

describe("the form after Save is pressed", () => {
  it("keeps text that is typed while the save is pending", async () => {
    const { host, row, field, type, save } = await shown(view({ providers: [ANTHROPIC] }));
    type("one");
    const letThrough = host.hold();
    save();
    type("two");
    letThrough();
    await notice("Saved. Anthropic uses one.");
    expect(field.value).toBe("two");
    expect(row.queryByText(/changed in the file/i)).toBeNull();
    save();
    await notice("Saved. Anthropic uses two.");
    expect(row.getByRole("button", { name: "Save" }).getAttribute("aria-disabled")).toBe("true");
  });

  it("sends the current text when “Keep mine” is pressed", async () => {
    const { host, row, type, save } = await shown(view({ providers: [ANTHROPIC] }));
    type("one");
    host.refuseNext = gatewayError("conflict", { provider: "anthropic" });
    save();
    const mine = await row.findByRole("button", { name: "Keep mine" });
    type("two");
    fireEvent.click(mine);
    await notice("Saved. Anthropic uses two.");
    expect(host.received.map(([, input]) => input)).toEqual([
      { provider: "anthropic", accountId: ACCOUNT, gatewayName: "one", seen: "mark-1" },
      { provider: "anthropic", accountId: ACCOUNT, gatewayName: "two" },
    ]);
  });

  it("sends only edited fields of the form with “Keep mine” when the file has changed again", async () => {
    const { host, row, type, save } = await shown(view({ providers: [ANTHROPIC] }));
    type("one");
    host.refuseNext = gatewayError("conflict", { provider: "anthropic" });
    save();
    const mine = await row.findByRole("button", { name: "Keep mine" });
    const theirs = block({ accountId: "f".repeat(32), gatewayName: "other", segment: "anthropic" });
    host.changeOutside(view({ providers: [{ ...ANTHROPIC, gateway: theirs, mark: "mark-9" }] }));
    await waitFor(() =>
      expect(row.getByLabelText<HTMLInputElement>("Account ID").value).toBe("f".repeat(32)),
    );
    fireEvent.click(mine);
    await notice("Saved. Anthropic uses one.");
    expect(host.received[1]).toEqual([
      "route",
      {
        gateway: { accountId: ACCOUNT, gatewayName: "one" },
        providers: [{ provider: "anthropic" }],
      },
    ]);
  });

  it("sends the typed token with “Keep mine” after the row is collapsed", async () => {
    const { host, row, save } = await shown(view({ providers: [ANTHROPIC] }));
    const token = "a-token-of-forty-characters-or-thereabouts";
    fireEvent.change(row.getByLabelText(/Gateway token/), { target: { value: token } });
    host.refuseNext = gatewayError("conflict", { provider: "anthropic" });
    save();
    await row.findByRole("button", { name: "Keep mine" });
    fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
    fireEvent.click(row.getByRole("button", { name: "Keep mine" }));
    await notice("Saved. Anthropic uses my-gateway.");
    expect(host.received[1]?.[1]).toMatchObject({ gateway: { token } });
  });

  it("leaves the stored token alone with “Keep mine” when its removal has been cancelled", async () => {
    const stored = provider({ ...ROUTED, gateway: block({ hasToken: true }) });
    const { host, row, type, save } = await shown(view({ providers: [stored] }));
    type("one");
    fireEvent.click(row.getByRole("button", { name: "This gateway is open" }));
    host.refuseNext = gatewayError("conflict", { provider: "anthropic" });
    save();
    const mine = await row.findByRole("button", { name: "Keep mine" });
    fireEvent.click(row.getByRole("button", { name: "Keep the stored one" }));
    fireEvent.click(mine);
    await notice("Saved. Anthropic uses one.");
    expect(host.received).toMatchObject([
      ["route", { gateway: { gatewayName: "one", token: null } }],
      ["enable", { gatewayName: "one" }],
    ]);
  });

  it("shows the invalid field and sends nothing when “Keep mine” is pressed", async () => {
    const { host, row, type, save } = await shown(view({ providers: [ANTHROPIC] }));
    type("one");
    host.refuseNext = gatewayError("conflict", { provider: "anthropic" });
    save();
    const mine = await row.findByRole("button", { name: "Keep mine" });
    type("not a name");
    fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
    fireEvent.click(await row.findByRole("button", { name: "Keep mine" }));
    expect(mine.isConnected).toBe(false);
    const field = await row.findByLabelText("Gateway name");
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(host.received).toHaveLength(1);
  });

  it("keeps the text when the gateway settings are removed at the same time", async () => {
    const { host, row, field, type } = await shown(view({ providers: [ANTHROPIC] }));
    const letThrough = host.hold();
    fireEvent.click(row.getByRole("button", { name: "Remove" }));
    type("two");
    letThrough();
    await notice("Removed the gateway settings of Anthropic.");
    expect(field.value).toBe("two");
  });

  it("moves the focus to the gateway when Enter in the token field saves it", async () => {
    const { row } = await shown(view({ providers: [ANTHROPIC] }));
    const field = row.getByLabelText(/Gateway token/);
    field.focus();
    fireEvent.change(field, { target: { value: "a-token-of-forty-characters-or-thereabouts" } });
    fireEvent.submit(field);
    await row.findByText("The stored token of this gateway is used.");
    expect(document.activeElement).toBe(row.getByRole("combobox", { name: "Gateway" }));
  });

  it("keeps the focus in another field when a saved token removes the token field", async () => {
    const { row, field, type, save } = await shown(view({ providers: [ANTHROPIC] }));
    const token = "a-token-of-forty-characters-or-thereabouts";
    fireEvent.change(row.getByLabelText(/Gateway token/), { target: { value: token } });
    save();
    field.focus();
    type("two");
    await row.findByRole("button", { name: "Replace" });
    expect(document.activeElement).toBe(field);
  });

  it("keeps the text when a conflict of the switch is resolved", async () => {
    const { host, row, field, type } = await shown(view({ providers: [ANTHROPIC] }));
    host.refuseNext = gatewayError("conflict", { provider: "anthropic" });
    fireEvent.click(row.getByRole("switch"));
    const mine = await row.findByRole("button", { name: "Keep mine" });
    type("two");
    fireEvent.click(mine);
    await notice("Anthropic is set to go direct.");
    expect(host.received.map(([call]) => call)).toEqual(["disable", "disable"]);
    expect(field.value).toBe("two");
  });
});

describe("Undo", () => {
  it("reverts the same changes by keyboard shortcut as by button, and names them", async () => {
    const two = [provider(), provider({ id: "openai", name: "OpenAI" })];
    const { host } = await shown(view({ providers: two }));
    await routeAll();
    await notice("2 providers now use my-gateway.");
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true, repeat: true });
    await notice("Undid: route Anthropic and OpenAI through a gateway.");
    expect(host.received.slice(1)).toEqual([["undo"]]);
  });

  it("is not offered when the file already matches the form", async () => {
    const { host, row, field, type } = await shown(
      view({ providers: [ANTHROPIC], undoSteps: 1 }),
      (api) => ({
        enable: async () => api.providers(),
      }),
    );
    type("my-gateway2");
    type("my-gateway");
    fireEvent.submit(field.closest("form") ?? row.getByRole("form"));
    await notice("Saved. Anthropic uses my-gateway.");
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    expect(host.received).toEqual([]);
  });
});

describe("unsaved text", () => {
  it("is kept and reported as unsaved while the file is invalid", async () => {
    const acme = provider({
      id: "acme",
      name: "Acme",
      kind: "custom",
      mark: "mark-9",
      gateway: block({ segment: "custom-acme" }),
      route: "gateway",
    });
    const whole = view({ providers: [ANTHROPIC, acme] });
    const { host, told } = await shown(whole);
    const { type } = await opened("Acme");
    type("typed");
    const problem = gatewayError("file_invalid", {
      file: "providers.jsonc",
      line: 3,
      column: 7,
      what: "a comma is missing",
    });
    host.changeOutside({ ...whole, problem, providers: [ANTHROPIC] });
    await screen.findByText("providers.jsonc can’t be read");
    expect(screen.queryByRole("listitem", { name: "Acme" })).toBeNull();
    expect(told).toEqual([["Acme"]]);
    host.changeOutside(whole);
    const row = await rowOf("Acme");
    expect(row.getByLabelText<HTMLInputElement>("Gateway name").value).toBe("typed");
    expect(told).toEqual([["Acme"]]);
    // The provider has been removed from the file, so its text is discarded.
    host.changeOutside({ ...whole, providers: [ANTHROPIC] });
    await waitFor(() => expect(told).toEqual([["Acme"], []]));
  });

  it("is kept when the connection breaks, without a claim that nothing was written", async () => {
    let isBroken = false;
    const orBreak =
      <I, T>(call: (input: I) => Promise<T>) =>
      async (input: I): Promise<T> => {
        if (isBroken) throw new Error("the socket is closed");
        return call(input);
      };
    const { field, row, type, save } = await shown(view({ providers: [ANTHROPIC] }), (api) => ({
      providers: async () => orBreak(api.providers)(undefined),
      enable: orBreak(api.enable),
    }));
    type("typed");
    isBroken = true;
    save();
    await screen.findByText("The providers could not be loaded again");
    expect(document.body.textContent).toContain("may or may not have been saved");
    expect(document.body.textContent).not.toContain("Nothing was written");
    expect(row.getByRole("switch")).toHaveProperty("disabled", true);
    isBroken = false;
    const again = screen.getByRole("button", { name: "Try again" });
    again.focus();
    fireEvent.click(again);
    await waitFor(() =>
      expect(screen.queryByText("The providers could not be loaded again")).toBeNull(),
    );
    expect(row.getByRole("switch")).toHaveProperty("disabled", false);
    expect(field.value).toBe("typed");
    expect(document.activeElement).toBe(
      screen.getByRole("region", { name: "Cloudflare AI Gateway" }),
    );
  });
});

describe("closing the window with unsaved text", () => {
  const leave = () => {
    const event = new Event("beforeunload", { cancelable: true });
    act(() => void window.dispatchEvent(event));
    return event.defaultPrevented;
  };

  async function inWindow() {
    const host = new MemoryGateway(view({ providers: [ANTHROPIC] }));
    Object.assign(window, { cloudflareGateway: host.api });
    const { unmount } = render(<SettingsShell client={createGatewayClient()} />);
    return { host, unmount, ...(await opened()) };
  }

  it("leaves a running test alone until closing is confirmed", async () => {
    const { host, row, type } = await inWindow();
    type("typed");
    fireEvent.click(row.getByRole("button", { name: "Test Anthropic" }));
    await waitFor(() => expect(host.received.map(([call]) => call)).toEqual(["test"]));
    expect(leave()).toBe(true);
    fireEvent.click(await screen.findByRole("button", { name: "Keep editing" }));
    expect(host.received.map(([call]) => call)).toEqual(["test"]);
    fireEvent.mouseDown(row.getByRole("tab", { name: "Settings" }));
    fireEvent.click(row.getByRole("button", { name: "Discard" }));
    expect(leave()).toBe(false);
    expect(host.received.map(([call]) => call)).toEqual(["test", "stopTest"]);
  });

  it("does not reopen the question when the text is saved while it is open", async () => {
    const { host, type, save } = await inWindow();
    type("typed");
    const letThrough = host.hold();
    save();
    expect(leave()).toBe(true);
    await screen.findByRole("alertdialog");
    letThrough();
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    type("more");
    await screen.findByRole("button", { name: "Save" });
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });
});

describe("a comparison", () => {
  async function comparing() {
    const all = await shown(view({ providers: [ANTHROPIC] }));
    fireEvent.click(all.row.getByRole("button", { name: "Test Anthropic" }));
    all.host.finishTest(success(report()));
    await expandEvidence(all.row);
    fireEvent.click(await all.row.findByRole("button", { name: "Compare once" }));
    await waitFor(() => expect(all.host.received).toHaveLength(2));
    return all;
  }

  it("describes the sample size only when both routes have a response", async () => {
    const { host, row } = await comparing();
    const group = row.getByRole("group", { name: "Compare with direct" });
    const basis = /sample|Medians|No answer/;
    expect(group.textContent).not.toMatch(basis);
    host.finishTest(success(report()));
    await waitFor(() => expect(host.received).toHaveLength(3));
    expect(group.textContent).not.toMatch(basis);
    host.finishTest(failure("cancelled"));
    await row.findByRole("button", { name: "Compare once" });
    expect(group.textContent).toContain("Medians of 1 response through the gateway and 0 direct.");
  });

  it("stops when its provider is turned off, because its Stop button disappears", async () => {
    const { host, row } = await comparing();
    fireEvent.click(row.getByRole("switch"));
    await notice("Anthropic is set to go direct.");
    await waitFor(() => expect(host.received.map(([call]) => call)).toContain("stopTest"));
    expect(host.received.filter(([call]) => call === "test")).toHaveLength(2);
  });
});

describe("a provider whose own base URL points to a gateway", () => {
  it("is not reported as direct when its gateway settings are turned off", async () => {
    const byHand = { accountId: ACCOUNT, gatewayName: "hand" };
    const { row } = await shown(view({ providers: [{ ...ANTHROPIC, gatewayByHand: byHand }] }));
    fireEvent.click(row.getByRole("switch"));
    const sentence = "Anthropic now uses its own base URL, which points to hand.";
    expect(await notice(sentence)).toBeDefined();
  });
});

describe("a filter", () => {
  it("can be cleared when the list has become short", async () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      provider({ id: `p${n}`, name: `Provider ${n}`, directBaseUrl: `https://p${n}.example` }),
    );
    const { host } = await shown(view({ providers: [ANTHROPIC, ...many] }));
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "Anthropic" } });
    host.changeOutside(view({ providers: [ANTHROPIC, ...many.slice(0, 3)] }));
    await waitFor(() => expect(screen.queryByText("1 of 4")).not.toBeNull());
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "" } });
    expect(await screen.findByRole("listitem", { name: "Provider 2" })).toBeDefined();
  });
});

describe("the focus", () => {
  it("returns to the menu button after a change of all providers", async () => {
    const two = [provider(), provider({ id: "openai", name: "OpenAI" })];
    await shown(view({ providers: two }));
    await routeAll();
    await notice("2 providers now use my-gateway.");
    const menu = screen.getByRole("button", { name: "More actions" });
    await waitFor(() => expect(document.activeElement).toBe(menu));
  });

  it("stays in the comparison when the pressed button is removed", async () => {
    const { host, row } = await shown(view({ providers: [ANTHROPIC] }));
    fireEvent.click(row.getByRole("button", { name: "Test Anthropic" }));
    host.finishTest(success(report()));
    await expandEvidence(row);
    const many = await row.findByRole("button", { name: "5 times" });
    many.focus();
    fireEvent.click(many);
    const stop = await row.findByRole("button", { name: "Stop comparing" });
    expect(document.activeElement).toBe(stop);
    fireEvent.click(stop);
    const once = await row.findByRole("button", { name: "Compare once" });
    expect(document.activeElement).toBe(once);
  });
});
