// @vitest-environment happy-dom
/** What a person types or presses while something else is under way: none of it is lost, or done to somebody else. */
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
import { afterEach, describe, expect, it } from "vitest";

import type { GatewayApi } from "../../shared/contract";
import { gatewayError } from "../../shared/errors";
import { success } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { SettingsShell } from "../shell/settings-shell";
import { MemoryGateway } from "../testing/memory-gateway";
import { report } from "../testing/sample-reports";
import { ACCOUNT, block, provider, view } from "../testing/sample-views";
import { CloudflareGatewaySection } from "./section";

// A busy machine may take longer than the usual second.
configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

const ROUTED = { route: "gateway", gateway: block() } as const;
const ANTHROPIC = provider(ROUTED);
const OPENAI = provider({ id: "openai", name: "OpenAI", mark: "mark-2", ...ROUTED });
const GOOGLE = provider({ id: "google", name: "Google", mark: "mark-3", ...ROUTED });

async function rowOf(name: string) {
  return within(await screen.findByRole("listitem", { name }));
}

async function opened(name = "Anthropic") {
  const row = await rowOf(name);
  fireEvent.click(row.getByRole("button", { name }));
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

describe("what is typed after Save was pressed", () => {
  it("stays, over the file as it is then", async () => {
    const { host, row, field, type, save } = await shown(view({ providers: [ANTHROPIC] }));
    type("one");
    const letThrough = host.hold();
    save();
    type("two");
    letThrough();
    await notice("Anthropic goes through one. Saved.");
    expect(field.value).toBe("two");
    expect(row.queryByText(/changed in the file/i)).toBeNull();
    save();
    await notice("Anthropic goes through two. Saved.");
    expect(row.getByRole("button", { name: "Save" }).getAttribute("aria-disabled")).toBe("true");
  });

  it("is what “Keep mine” sends", async () => {
    const { host, row, type, save } = await shown(view({ providers: [ANTHROPIC] }));
    type("one");
    host.refuseNext = gatewayError("conflict", { provider: "anthropic" });
    save();
    const mine = await row.findByRole("button", { name: "Keep mine" });
    type("two");
    fireEvent.click(mine);
    await notice("Anthropic goes through two. Saved.");
    expect(host.received.map(([, input]) => input)).toEqual([
      { provider: "anthropic", accountId: ACCOUNT, gatewayName: "one", seen: "mark-1" },
      { provider: "anthropic", accountId: ACCOUNT, gatewayName: "two" },
    ]);
  });

  it("does not go with a question about the switch", async () => {
    const { host, row, field, type } = await shown(view({ providers: [ANTHROPIC] }));
    host.refuseNext = gatewayError("conflict", { provider: "anthropic" });
    fireEvent.click(row.getByRole("switch"));
    const mine = await row.findByRole("button", { name: "Keep mine" });
    type("two");
    fireEvent.click(mine);
    await notice("Anthropic now goes direct.");
    expect(host.received.map(([call]) => call)).toEqual(["disable", "disable"]);
    expect(field.value).toBe("two");
  });
});

describe("the others of a gateway", () => {
  it("are those who are on it when it is saved, not when the box was ticked", async () => {
    const { host, row, type, save } = await shown(view({ providers: [ANTHROPIC, OPENAI, GOOGLE] }));
    type("new");
    fireEvent.click(row.getByRole("checkbox", { name: /Also change the 2 others/ }));
    fireEvent.click((await rowOf("OpenAI")).getByRole("switch"));
    await notice("OpenAI now goes direct.");
    save();
    await notice("Anthropic and one other go through new. Saved.");
    expect(
      host.received.map(([call, input]) => [call, input && Reflect.get(input, "provider")]),
    ).toEqual([
      ["disable", "openai"],
      ["enable", "anthropic"],
      ["enable", "google"],
    ]);
  });

  it("follow although the switch is pressed before the answer", async () => {
    const { host, row, field, type, save } = await shown(view({ providers: [ANTHROPIC, OPENAI] }));
    type("new");
    fireEvent.click(row.getByRole("checkbox"));
    const letThrough = host.hold();
    save();
    await waitFor(() => expect(host.received).toHaveLength(1));
    fireEvent.click(row.getByRole("switch"));
    letThrough();
    await waitFor(() =>
      expect(host.received.map(([call]) => call).toSorted()).toEqual([
        "disable",
        "enable",
        "enable",
      ]),
    );
    expect((await rowOf("OpenAI")).getByText("Through new")).toBeDefined();
    expect(field.value).toBe("new");
  });
});

describe("Undo", () => {
  it("is not offered for what the file said already", async () => {
    const { host, row, field, type } = await shown(
      view({ providers: [ANTHROPIC], undoSteps: 1, changes: 1 }),
      (api) => ({
        enable: async () => api.providers(),
      }),
    );
    type("my-gateway2");
    type("my-gateway");
    fireEvent.submit(field.closest("form") ?? row.getByRole("form"));
    await notice("Anthropic goes through my-gateway. Saved.");
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    expect(host.received).toEqual([]);
  });
});

describe("what is typed", () => {
  it("outlives a file that cannot be read for a moment, and closing asks for it all the while", async () => {
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
    await screen.findByText("providers.jsonc cannot be read");
    expect(screen.queryByRole("listitem", { name: "Acme" })).toBeNull();
    expect(told).toEqual([["Acme"]]);
    host.changeOutside(whole);
    const row = await rowOf("Acme");
    expect(row.getByLabelText<HTMLInputElement>("Gateway name").value).toBe("typed");
    expect(told).toEqual([["Acme"]]);
    // Gone for good, it is nobody's any more.
    host.changeOutside({ ...whole, providers: [ANTHROPIC] });
    await waitFor(() => expect(told).toEqual([["Acme"], []]));
  });

  it("outlives a broken connection, of which nobody claims that nothing was written", async () => {
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
    expect(document.body.textContent).toContain("may be in the file or not");
    expect(document.body.textContent).not.toContain("Nothing was written");
    expect(row.getByRole("switch")).toHaveProperty("disabled", true);
    isBroken = false;
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() =>
      expect(screen.queryByText("The providers could not be loaded again")).toBeNull(),
    );
    expect(row.getByRole("switch")).toHaveProperty("disabled", false);
    expect(field.value).toBe("typed");
  });
});

describe("closing over unsaved text", () => {
  const leave = () => {
    const event = new Event("beforeunload", { cancelable: true });
    act(() => void window.dispatchEvent(event));
    return event.defaultPrevented;
  };

  async function window_() {
    const host = new MemoryGateway(view({ providers: [ANTHROPIC] }));
    Object.assign(window, { cloudflareGateway: host.api });
    const { unmount } = render(<SettingsShell />);
    return { host, unmount, ...(await opened()) };
  }

  it("stops no test while it is only asked about", async () => {
    const { host, row, type } = await window_();
    fireEvent.click(row.getByRole("button", { name: "Test Anthropic" }));
    await waitFor(() => expect(host.received.map(([call]) => call)).toEqual(["test"]));
    type("typed");
    expect(leave()).toBe(true);
    fireEvent.click(await screen.findByRole("button", { name: "Keep editing" }));
    expect(host.received.map(([call]) => call)).toEqual(["test"]);
    fireEvent.click(row.getByRole("button", { name: "Discard" }));
    expect(leave()).toBe(false);
    expect(host.received.map(([call]) => call)).toEqual(["test", "stopTest"]);
  });

  it("asks no second time by itself once the text was saved under the question", async () => {
    const { host, type, save } = await window_();
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

describe("the focus", () => {
  it("stays when what was pressed goes away with the report", async () => {
    const { host, row } = await shown(view({ providers: [ANTHROPIC] }));
    fireEvent.click(row.getByRole("button", { name: "Test Anthropic" }));
    host.finishTest(success(report()));
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
