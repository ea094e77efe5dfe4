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

import type { GatewayApi, GatewayApiCalls } from "../../../shared/contract";
import { failure } from "../../../shared/errors";
import { success } from "../../../shared/result";
import { builtIns, routed } from "../../testing/gallery-views";
import { MemoryGateway } from "../../testing/memory-gateway";
import {
  CHECKLIST,
  CONNECTED,
  details,
  EVERY_WARNING,
  NO_TRAFFIC,
  OTHER_ACCOUNT,
  REQUESTS,
  TROUBLED,
} from "../../testing/sample-account";
import { view } from "../../testing/sample-views";
import { CloudflareGatewaySection } from "../section";
import { loadAccountParts } from "./on-demand";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(loadAccountParts);
afterEach(cleanup);

const DETAILS = "Details of my-gateway at Cloudflare";
const PROVIDERS = builtIns().map((each) =>
  each.id === "anthropic" || each.id === "openai" ? routed({ id: each.id, name: each.name }) : each,
);

async function show(account: Partial<GatewayApiCalls> = {}) {
  const memory = new MemoryGateway(view({ providers: PROVIDERS }));
  const api: GatewayApi = { ...memory.api, ...CONNECTED, ...account };
  render(<CloudflareGatewaySection api={api} />);
  const card = within(await screen.findByRole("listitem", { name: "my-gateway" }));
  return { memory, card };
}

async function openTab(account: Partial<GatewayApiCalls>, name: string) {
  const shown = await show(account);
  fireEvent.click(await shown.card.findByRole("button", { name: DETAILS }));
  const tab = shown.card.getByRole("tab", { name });
  // Radix opens a tab on the press.
  fireEvent.mouseDown(tab);
  await waitFor(() => expect(tab.getAttribute("aria-selected")).toBe("true"));
  return { ...shown, tab: within(shown.card.getByRole("tabpanel", { name })) };
}

describe("a gateway's settings at Cloudflare", () => {
  it("shows each in words, and each warning with a link to the setting", async () => {
    const { card } = await show({
      gatewayDetails: async () => success(details({ settings: TROUBLED, warnings: EVERY_WARNING })),
    });
    const opener = await card.findByRole("button", {
      name: `${DETAILS}, ${EVERY_WARNING.length} warnings`,
    });
    fireEvent.click(opener);
    expect(
      await card.findByText("On. Identical requests get the same answer for 1 h."),
    ).toBeDefined();
    expect(card.getByText("$10.00 per day")).toBeDefined();
    const links = card.getAllByRole<HTMLAnchorElement>("link", {
      name: "Change it in the dashboard",
    });
    expect(links).toHaveLength(EVERY_WARNING.length);
    expect(links.every(({ href }) => new URL(href).host === "dash.cloudflare.com")).toBe(true);
  });

  it("says why they could not be read, and tries again", async () => {
    let calls = 0;
    const { card } = await show({
      gatewayDetails: async () => {
        calls += 1;
        return calls === 1 ? failure("api_timeout", { seconds: 15 }) : success(details());
      },
    });
    fireEvent.click(await card.findByRole("button", { name: DETAILS }));
    await card.findByText(/did not answer within 15 seconds/);
    fireEvent.click(card.getByRole("button", { name: "Try again" }));
    expect(await card.findByText("No setting here causes problems for mux.")).toBeDefined();
    expect(card.queryByText(/did not answer/)).toBeNull();
  });

  it("reports another account only when the list of accounts is complete", async () => {
    const accounts = [{ accountId: OTHER_ACCOUNT, name: "The company" }];
    const { card } = await show({
      accounts: async () => success({ accounts, isComplete: true }),
    });
    expect(await card.findByText("This account is not one of yours")).toBeDefined();
    expect(card.queryByRole("button", { name: DETAILS })).toBeNull();
    cleanup();
    const incomplete = await show({
      accounts: async () => success({ accounts, isComplete: false }),
    });
    await screen.findByRole("button", { name: "Connected to The company" });
    expect(incomplete.card.queryByText("This account is not one of yours")).toBeNull();
  });
});

describe("the traffic of a gateway", () => {
  it("shows sums, each provider, and a table behind the chart", async () => {
    const { tab } = await openTab({}, "Traffic");
    expect(await tab.findByText("37 (3%)")).toBeDefined();
    const chart = within(tab.getByRole("table", { name: "Requests over time, last day" }));
    expect(chart.getAllByRole("row")).toHaveLength(25);
    const providers = within(tab.getByRole("table", { name: "By provider" }));
    expect(providers.getByRole("rowheader", { name: "Anthropic" })).toBeDefined();
    expect(tab.getByText("Cloudflare has seen no other request of OpenAI in 24 h.")).toBeDefined();
  });

  it("claims no use and no cost when Cloudflare has seen nothing", async () => {
    const { tab } = await openTab(
      { traffic: async ({ window }) => success({ ...NO_TRAFFIC, window }) },
      "Traffic",
    );
    expect(await tab.findByText("Cloudflare shows no request in this time so far.")).toBeDefined();
    expect(tab.getByText(/some minutes late/)).toBeDefined();
    expect(tab.queryByText("$0.00")).toBeNull();
  });

  it("lists the last requests on demand, with the cause of each failure", async () => {
    const asked: boolean[] = [];
    const { tab } = await openTab(
      {
        requests: async (input) => {
          asked.push(input.errorsFirst);
          return CONNECTED.requests();
        },
      },
      "Traffic",
    );
    expect(asked).toEqual([]);
    fireEvent.click(tab.getByRole("button", { name: "Show the last 50 requests" }));
    expect(await tab.findByText("OpenAI does not accept the API key.")).toBeDefined();
    expect(tab.getByText("No response was kept, so the cause is not known.")).toBeDefined();
    fireEvent.click(tab.getByRole("checkbox", { name: "Errors first" }));
    await waitFor(() => expect(asked).toEqual([false, true]));
  });
});

describe("the checklist of a gateway", () => {
  it("runs only when asked, and shows each state with its fix", async () => {
    let runs = 0;
    const { tab } = await openTab(
      {
        doctor: async () => {
          runs += 1;
          return CONNECTED.doctor();
        },
      },
      "Check",
    );
    expect(runs).toBe(0);
    fireEvent.click(tab.getByRole("button", { name: "Check everything" }));
    const list = within(await tab.findByRole("list", { name: "Results of the checks" }));
    expect(list.getAllByRole("listitem")).toHaveLength(8);
    expect(
      tab.getByText("1 check failed. 1 check needs attention. 1 could not be found out."),
    ).toBeDefined();
    expect(list.getByRole("button", { name: "Show the last test of OpenAI" })).toBeDefined();
    expect(runs).toBe(1);
  });

  it("claims no success for a state that is not known", async () => {
    const items = CHECKLIST.items.filter(({ state }) => state === "ok" || state === "unknown");
    const { tab } = await openTab(
      { doctor: async () => success({ ...CHECKLIST, items }) },
      "Check",
    );
    fireEvent.click(tab.getByRole("button", { name: "Check everything" }));
    expect(await tab.findByText("1 could not be found out.")).toBeDefined();
    expect(tab.queryByText("All checks passed.")).toBeNull();
  });

  it("says why it could not run", async () => {
    const { tab } = await openTab({ doctor: async () => failure("api_token_unknown") }, "Check");
    fireEvent.click(tab.getByRole("button", { name: "Check everything" }));
    expect(await tab.findByText(/does not accept this API token/)).toBeDefined();
    expect(tab.queryByText("All checks passed.")).toBeNull();
  });
});

describe("a gateway's last requests", () => {
  it("says that the time of a request is not known", async () => {
    const [first] = REQUESTS;
    const requests = first === undefined ? [] : [{ ...first, at: null }];
    const { tab } = await openTab(
      { requests: async () => success({ requests, remark: null }) },
      "Traffic",
    );
    fireEvent.click(tab.getByRole("button", { name: "Show the last 50 requests" }));
    expect(await tab.findByText("Time not known")).toBeDefined();
    expect(tab.queryByText(/1970/u)).toBeNull();
  });
});
