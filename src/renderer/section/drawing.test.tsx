// @vitest-environment happy-dom
import { Profiler, type ProfilerOnRenderCallback } from "react";
import { cleanup, configure, fireEvent, render, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

import type { GatewayApi } from "../../shared/contract";
import { MemoryGateway } from "../testing/memory-gateway";
import { ACCOUNT, block, provider, view } from "../testing/sample-views";
import { AT_ONCE } from "./list/gradually";
import { CloudflareGatewaySection } from "./section";
import { words } from "./words/words";

configure({ asyncUtilTimeout: 10_000 });
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

/** As over IPC: no object comes twice. */
function copying({ api }: MemoryGateway): GatewayApi {
  return {
    ...api,
    providers: async () => structuredClone(await api.providers()),
    enable: async (input) => structuredClone(await api.enable(input)),
    tests: async () => structuredClone(await api.tests()),
    onChange: (listener) => api.onChange((changed) => listener(structuredClone(changed))),
  };
}

// Queries by what a person sees look at every element for each row: too slow for a long list.
function elementOf(selector: string): Element {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`There is no ${selector} yet.`);
  return element;
}

function rowOf(name: string): HTMLElement {
  const row = [...document.querySelectorAll("li")].find(
    (each) => each.querySelector(".cfgw-name")?.textContent === name,
  );
  if (row === undefined) throw new Error(`There is no row of ${name}.`);
  return row;
}

function waitForAllRows() {
  return waitFor(() => expect(document.querySelectorAll(".cfgw-card")).toHaveLength(MANY.length));
}

/** The section with all its rows drawn; what is drawn after that is counted. */
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

it("a switched provider draws its own row and no other, in few steps", async () => {
  const { toggle, commits, drawn } = await shownInFull();
  fireEvent.click(toggle);
  const said = await waitFor(() => elementOf(".cfgw-undo p"));
  expect(said.textContent).toBe("Own 3 now goes through my-gateway.");
  expect(new Set(drawn())).toEqual(new Set(["Own 3"]));
  // What was asked for, what came of it, and the word about it.
  expect(commits.mock.calls.length).toBeLessThanOrEqual(4);
});

it("another usual gateway draws no row that is closed, and fills the form of one that is open", async () => {
  const blank = MANY.map((each) => ({ ...each, gateway: null, route: "direct" as const }));
  const host = new MemoryGateway(view({ providers: blank, usual: null }));
  const { drawn } = await shownInFull(host);
  fireEvent.click(within(rowOf("Own 5")).getByRole("button", { name: "Own 5" }));
  const field = within(rowOf("Own 5")).getByRole("textbox", { name: "Gateway name" });
  expect(field).toHaveProperty("value", "");
  host.changeOutside(
    view({ providers: blank, usual: { accountId: ACCOUNT, gatewayName: "ours" } }),
  );
  await waitFor(() => expect(field).toHaveProperty("value", "ours"));
  expect(new Set(drawn())).toEqual(new Set(["Own 5"]));
});

it("a change by another program draws the row that it changed and no other", async () => {
  const { host, drawn } = await shownInFull();
  const off = MANY.map((each) => (each.id === "own-7" ? { ...each, enabled: false } : each));
  host.changeOutside(view({ providers: off }));
  await waitFor(() => elementOf(".cfgw-remark"));
  expect(new Set(drawn())).toEqual(new Set(["Own 7"]));
});

it("a long list is drawn from the top down, and in full", async () => {
  const host = new MemoryGateway(view({ providers: MANY }));
  const lengths: number[] = [];
  const count = () => lengths.push(document.querySelectorAll("li").length);
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
