// @vitest-environment happy-dom
import { QueryObserver } from "@tanstack/react-query";
import {
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
  within,
} from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import type { LogProof, LogRowInput } from "../../../shared/account";
import type { GatewayApi, GatewayApiCalls } from "../../../shared/contract";
import { failure } from "../../../shared/errors";
import type { TestReport } from "../../../shared/report";
import { success, type Result } from "../../../shared/result";
import { MemoryGateway } from "../../testing/memory-gateway";
import { CONFIRMED, CONNECTED, NOT_CONNECTED, OTHER_ACCOUNT } from "../../testing/sample-account";
import { report } from "../../testing/sample-reports";
import { block, provider, view } from "../../testing/sample-views";
import { loadAccountParts } from "../cloudflare/on-demand";
import { loadRowDetails } from "../row/details-on-demand";
import { CloudflareGatewaySection } from "../section";
import { words } from "../words/words";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(() => Promise.all([loadRowDetails(), loadAccountParts()]));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const NAMES = ["One", "Two", "Three", "Four", "Five", "Six", "Seven"];
const ROUTED = NAMES.map((name) =>
  provider({ id: name.toLowerCase(), name, route: "gateway", gateway: block({ hasToken: true }) }),
);

const FIRST_TEST = Date.parse("2026-11-23T07:00:00.000Z");

type Answer = (result: Result<LogProof>) => void;

/** A page with seven routed providers. `ask`: what was asked of Cloudflare's log, to be answered. */
function page(
  calls: Partial<GatewayApiCalls> = {},
  outcome: Partial<TestReport> = {},
  providers = ROUTED,
) {
  const asked: { readonly input: LogRowInput; readonly answer: Answer }[] = [];
  let count = 0;
  const memory = new MemoryGateway(view({ providers }));
  const api: GatewayApi = {
    ...memory.api,
    ...CONNECTED,
    test: async ({ provider: id }) => {
      count += 1;
      const startedAt = new Date(FIRST_TEST + 1000 * count).toISOString();
      return success(report({ provider: id, logId: `log-${count}`, startedAt, ...outcome }));
    },
    logRow: (input) => new Promise((answer) => asked.push({ input, answer })),
    ...calls,
  };
  render(<CloudflareGatewaySection api={api} />);
  const ids = () => asked.map(({ input }) => input.provider);
  const answer = (id: string, result: Result<LogProof>) =>
    asked.findLast(({ input }) => input.provider === id)?.answer(result);
  return { asked, ids, answer };
}

const testAll = async () =>
  fireEvent.click(await screen.findByRole("button", { name: "Test all" }));
const row = (name: string) => screen.getByRole("listitem", { name });
const result = (name: string) => within(row(name)).findByRole("button", { name: /^Last test:/ });
const status = () => screen.getByRole("group", { name: "Status" }).textContent;
const allPassed = () => waitFor(() => expect(status()).toContain("all passed"));
const proof = (changes: Partial<LogProof> = {}) => success({ ...CONFIRMED, ...changes });

describe("tests of a connected account", () => {
  it("are confirmed in their rows and in the status after Test all", async () => {
    page({ logRow: async () => proof() });
    await testAll();
    await waitFor(() => expect(status()).toContain("7 confirmed by Cloudflare’s log"));
    for (const name of NAMES) {
      const button = await result(name);
      expect(button.textContent).toContain("Passed, confirmed by Cloudflare’s log");
      expect(button.title).toBe("Show the last test. Cloudflare’s log confirms it.");
      expect(within(row(name)).queryByRole("group", { name: "Cloudflare’s log" })).toBeNull();
    }
    expect(
      screen.getByRole("button", {
        name: /^One\. .* Last test: Passed, confirmed by Cloudflare’s log$/,
      }),
    ).toBeDefined();
  });

  it("are announced once, when all have been looked for", async () => {
    const { ids, answer } = page();
    const said = () => document.querySelector(".cfgw-said")?.textContent;
    await testAll();
    await waitFor(() => expect(ids()).toHaveLength(4));
    for (const id of ["one", "two", "three", "four"]) answer(id, proof());
    await waitFor(() => expect(ids()).toHaveLength(7));
    expect(said()).not.toContain("confirmed");
    for (const id of ["five", "six"]) answer(id, proof());
    answer("seven", proof({ differences: ["It differs."] }));
    await waitFor(() =>
      expect(said()).toBe("6 confirmed by Cloudflare’s log. Cloudflare’s log differs from 1 test."),
    );
  });

  it("are not marked when the provider was switched direct meanwhile", async () => {
    const { asked, ids } = page();
    await testAll();
    await waitFor(() => expect(ids()).toHaveLength(4));
    fireEvent.click(within(row("Two")).getByRole("switch"));
    await waitFor(async () => expect((await result("Two")).dataset["tone"]).toBe("stale"));
    for (const { answer } of asked) answer(proof());
    await waitFor(async () => expect((await result("One")).textContent).toContain("confirmed"));
    expect((await result("Two")).textContent).not.toContain("confirmed");
  });

  it("are looked for a few at a time, each once", async () => {
    const { asked, ids, answer } = page();
    await testAll();
    await allPassed();
    await waitFor(() => expect(asked).toHaveLength(4));
    answer("two", proof());
    await waitFor(() => expect(ids()).toEqual(["one", "two", "three", "four", "five"]));
    answer("one", proof({ state: "not_found", row: null, message: "Not yet." }));
    answer("three", failure("api_timeout", { seconds: 15 }));
    await waitFor(() => expect(ids()).toHaveLength(7));
    for (const id of ["four", "five", "six", "seven"]) answer(id, proof());
    await waitFor(() => expect(status()).toContain("5 confirmed by Cloudflare’s log"));
    expect(ids()).toHaveLength(7);
    fireEvent.click(await result("One"));
    expect(await within(row("One")).findByText("Not yet.")).toBeDefined();
    expect((await result("One")).textContent).not.toContain("confirmed");
  });

  it("are not looked for any more after Cloudflare's limit, until one is found again", async () => {
    const { ids, answer } = page();
    await testAll();
    await allPassed();
    await waitFor(() => expect(ids()).toHaveLength(4));
    answer("one", failure("api_rate_limited", { seconds: 30 }));
    answer("two", proof());
    answer("three", proof());
    answer("four", proof());
    await waitFor(() => expect(status()).toContain("3 confirmed"));
    expect(ids()).toHaveLength(4);
    fireEvent.click(await result("One"));
    const open = within(row("One"));
    expect(await open.findByText(/too many requests. Try again in 30 seconds/)).toBeDefined();
    fireEvent.click(open.getByRole("button", { name: "Look again" }));
    await waitFor(() => expect(ids()).toHaveLength(5));
    answer("one", proof());
    await waitFor(() => expect(ids()).toHaveLength(8));
  });

  it("show a difference in the row and in the status, with a link to it", async () => {
    const { ids, answer } = page();
    await testAll();
    await waitFor(() => expect(ids()).toHaveLength(4));
    answer("two", proof({ differences: ["Cloudflare logged status 500."] }));
    await waitFor(async () => expect((await result("Two")).textContent).toContain("Log differs"));
    const button = await result("Two");
    expect(button.dataset["tone"]).toBe("doubtful");
    expect(status()).not.toContain("all passed");
    fireEvent.click(screen.getByRole("button", { name: "Cloudflare’s log differs from 1 test" }));
    expect(await within(row("Two")).findByText("Cloudflare logged status 500.")).toBeDefined();
  });

  it("are each asked for when two responses name the same log ID", async () => {
    const { asked, ids } = page({}, { logId: "same" });
    await testAll();
    await allPassed();
    await waitFor(() => expect(ids()).toEqual(["one", "two", "three", "four"]));
    asked[0]?.answer(proof());
    await waitFor(async () => expect((await result("One")).textContent).toContain("confirmed"));
    expect((await result("Two")).textContent).not.toContain("confirmed");
  });

  it("are asked for again after another test, even if it names the same log ID", async () => {
    const { asked, ids } = page({}, { logId: "same" });
    await testAll();
    await waitFor(() => expect(ids()).toHaveLength(4));
    asked[0]?.answer(proof());
    await waitFor(async () => expect((await result("One")).textContent).toContain("confirmed"));
    fireEvent.click(within(row("One")).getByRole("button", { name: "Test One" }));
    await waitFor(() => expect(ids().filter((id) => id === "one")).toHaveLength(2));
    expect((await result("One")).textContent).not.toContain("confirmed");
  });

  it("never mark a newer test with the row of an older one", async () => {
    const { asked, ids, answer } = page();
    await testAll();
    await waitFor(() => expect(ids()).toHaveLength(4));
    fireEvent.click(within(row("One")).getByRole("button", { name: "Test One" }));
    await waitFor(() => expect(ids().filter((id) => id === "one")).toHaveLength(2));
    asked[0]?.answer(proof());
    answer("two", proof());
    await waitFor(async () => expect((await result("Two")).textContent).toContain("confirmed"));
    expect((await result("One")).textContent).not.toContain("confirmed");
    answer("one", proof());
    await waitFor(async () => expect((await result("One")).textContent).toContain("confirmed"));
  });

  it("look at few tests again when one of many is confirmed", async () => {
    const many = Array.from({ length: 40 }, (_, at) => {
      const name = `P${at}`;
      return provider({ id: name, name, route: "gateway", gateway: block({ hasToken: true }) });
    });
    const { ids, answer } = page({}, {}, many);
    await testAll();
    await allPassed();
    await waitFor(() => expect(ids()).toHaveLength(4));
    const renders = vi.spyOn(QueryObserver.prototype, "setOptions");
    answer("P0", proof());
    await waitFor(async () => expect((await result("P0")).textContent).toContain("confirmed"));
    await waitFor(() => expect(ids()).toHaveLength(5));
    expect(renders.mock.calls.length).toBeLessThan(30);
  });

  it.each([
    ["the token", failure("api_token_unknown")],
    [
      "access to this account",
      failure("api_permission_missing", { permission: null, account: null }),
    ],
  ])("are not looked for any more after Cloudflare refuses %s", async (_, refusal) => {
    const { ids, answer } = page();
    await testAll();
    await allPassed();
    await waitFor(() => expect(ids()).toHaveLength(4));
    answer("one", refusal);
    for (const id of ["two", "three", "four"]) answer(id, proof());
    await waitFor(() => expect(status()).toContain("3 confirmed"));
    expect(ids()).toHaveLength(4);
  });

  it("keep the cause of a failure, and say that the log differs", async () => {
    page({ logRow: async () => proof({ differences: ["It differs."] }) }, { ok: false });
    await testAll();
    await waitFor(async () =>
      expect((await result("One")).textContent).toMatch(/Failed, Cloudflare’s log differs/),
    );
    expect((await result("One")).dataset["tone"]).toBe("bad");
  });

  it("render no other row when one is confirmed", async () => {
    const { ids, answer } = page();
    await testAll();
    await allPassed();
    await waitFor(() => expect(ids()).toHaveLength(4));
    const rendered = vi.spyOn(words.row, "testOf");
    answer("two", proof());
    await waitFor(async () => expect((await result("Two")).textContent).toContain("confirmed"));
    expect(new Set(rendered.mock.calls.map(([name]) => name))).toEqual(new Set(["Two"]));
  });

  it("are no longer called confirmed after disconnecting", async () => {
    page({ logRow: async () => proof() });
    await testAll();
    await waitFor(() => expect(status()).toContain("7 confirmed"));
    fireEvent.click(await screen.findByRole("button", { name: "Connected to Ana’s Account" }));
    fireEvent.click(await screen.findByRole("button", { name: "Disconnect" }));
    await waitFor(() => expect(status()).not.toContain("confirmed"));
    expect((await result("One")).textContent).not.toContain("confirmed");
  });
});

it.each<readonly [string, Partial<GatewayApiCalls>]>([
  ["no account is connected", { accountStatus: async () => success(NOT_CONNECTED) }],
  [
    "the gateway's account is not the user's",
    {
      accounts: async () =>
        success({ accounts: [{ accountId: OTHER_ACCOUNT, name: "Other" }], isComplete: true }),
    },
  ],
])("asks nothing when %s", async (_, calls) => {
  const told = vi.fn<() => void>();
  const { asked } = page({
    ...calls,
    accountStatus: async () => {
      told();
      return (calls.accountStatus ?? CONNECTED.accountStatus)();
    },
  });
  await testAll();
  await allPassed();
  await screen.findByRole("button", { name: /^Connect(?:ed)? to/ });
  expect(told).toHaveBeenCalled();
  expect(asked).toEqual([]);
});
