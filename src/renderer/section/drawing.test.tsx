// @vitest-environment happy-dom
import { Profiler, type ProfilerOnRenderCallback } from "react";
import { cleanup, configure, fireEvent, render, waitFor, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";

import type { GatewayApi } from "../../shared/contract";
import { MemoryGateway } from "../testing/memory-gateway";
import { ACCOUNT, block, provider, view } from "../testing/sample-views";
import { AT_ONCE } from "./list/gradually";
import { loadRowDetails } from "./row/details-on-demand";
import { CloudflareGatewaySection } from "./section";
import { words } from "./words/words";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(loadRowDetails);
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const MANY = Array.from({ length: AT_ONCE + 6 }, (_, index) =>
  provider({
    id: `own-${index}`,
    name: `Own ${index}`,
    kind: "custom",
    gateway: block({ segment: `custom-own-${index}` }),
  }),
);

/** Copies every view, because IPC never delivers the same object twice. */
function copying({ api }: MemoryGateway): GatewayApi {
  return {
    ...api,
    providers: async () => structuredClone(await api.providers()),
    enable: async (input) => structuredClone(await api.enable(input)),
    tests: async () => structuredClone(await api.tests()),
    onChange: (listener) => api.onChange((changed) => listener(structuredClone(changed))),
  };
}

// Testing Library queries visit every element for each row, which is too slow for a long list.
function elementOf(selector: string): Element {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`There is no ${selector} yet.`);
  return element;
}

function rowOf(name: string): HTMLElement {
  const row = [...document.querySelectorAll<HTMLElement>(".cfgw-card")].find(
    (each) => each.querySelector(".cfgw-name")?.textContent === name,
  );
  if (row === undefined) throw new Error(`There is no row of ${name}.`);
  return row;
}

function waitForAllRows() {
  return waitFor(() => expect(document.querySelectorAll(".cfgw-card")).toHaveLength(MANY.length));
}

/** Renders the section with all its rows, and counts the renders from then on. */
async function shownInFull(host = new MemoryGateway(view({ providers: MANY }))) {
  const commits = vi.fn<ProfilerOnRenderCallback>();
  render(
    <Profiler id="section" onRender={commits}>
      <CloudflareGatewaySection api={copying(host)} />
    </Profiler>,
  );
  await waitForAllRows();
  commits.mockClear();
  const rows = vi.spyOn(words.row, "testOf");
  const toggle = within(rowOf("Own 3")).getByRole("switch");
  return { host, toggle, commits, drawn: () => rows.mock.calls.map(([name]) => name) };
}

it("renders only the provider's own row, in few commits, when its switch is clicked", async () => {
  const { toggle, commits, drawn } = await shownInFull();
  fireEvent.click(toggle);
  const said = await waitFor(() => elementOf(".cfgw-undo p"));
  expect(said.textContent).toBe("Own 3 now uses my-gateway.");
  expect(new Set(drawn())).toEqual(new Set(["Own 3"]));
  // The optimistic update, the result, and its message.
  expect(commits.mock.calls.length).toBeLessThanOrEqual(4);
});

it("updates the form of an expanded row and renders no collapsed row when the usual gateway changes", async () => {
  const blank = MANY.map((each) => ({ ...each, gateway: null, route: "direct" as const }));
  const host = new MemoryGateway(view({ providers: blank, usual: null }));
  const { drawn } = await shownInFull(host);
  fireEvent.click(within(rowOf("Own 5")).getByRole("button", { name: /^Own 5\./ }));
  const field = within(rowOf("Own 5")).getByRole("textbox", { name: "Gateway name" });
  expect(field).toHaveProperty("value", "");
  host.changeOutside(
    view({ providers: blank, usual: { accountId: ACCOUNT, gatewayName: "ours" } }),
  );
  const picker = await waitFor(() => within(rowOf("Own 5")).getByRole("combobox"));
  expect(picker).toHaveProperty("selectedOptions.0.textContent", "ours");
  expect(field.isConnected).toBe(false);
  expect(new Set(drawn())).toEqual(new Set(["Own 5"]));
});

it("renders only the changed row when another program edits the file", async () => {
  const { host, drawn } = await shownInFull();
  const off = MANY.map((each) => (each.id === "own-7" ? { ...each, enabled: false } : each));
  host.changeOutside(view({ providers: off }));
  await waitFor(() => elementOf(".cfgw-remark"));
  expect(new Set(drawn())).toEqual(new Set(["Own 7"]));
});

it("renders all rows of a long list, starting at the top", async () => {
  const host = new MemoryGateway(view({ providers: MANY }));
  const lengths: number[] = [];
  const count = () => lengths.push(document.querySelectorAll(".cfgw-list > li").length);
  render(
    <Profiler id="section" onRender={count}>
      <CloudflareGatewaySection api={host.api} />
    </Profiler>,
  );
  await waitForAllRows();
  expect(lengths.find((length) => length > 0)).toBe(AT_ONCE);
  const names = [...document.querySelectorAll(".cfgw-name")].map(({ textContent }) => textContent);
  expect(names).toEqual(MANY.map(({ name }) => name));
});
