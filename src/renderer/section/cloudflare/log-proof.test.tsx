// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import type { LogProof, LogRowInput } from "../../../shared/account";
import type { GatewayApi, GatewayApiCalls } from "../../../shared/contract";
import { failure } from "../../../shared/errors";
import type { TestReport } from "../../../shared/report";
import { success } from "../../../shared/result";
import { VERDICTS } from "../../testing/gallery-reports";
import { routed } from "../../testing/gallery-views";
import { MemoryGateway } from "../../testing/memory-gateway";
import { CONFIRMED, CONNECTED, NOT_CONNECTED } from "../../testing/sample-account";
import { ACCOUNT, view } from "../../testing/sample-views";
import { loadRowDetails } from "../row/details-on-demand";
import { CloudflareGatewaySection } from "../section";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(loadRowDetails);
afterEach(cleanup);

/** The report of a test, and what was asked about it at Cloudflare. */
async function tested(account: Partial<GatewayApiCalls>, report: TestReport = VERDICTS.gateway) {
  const memory = new MemoryGateway(view({ providers: [routed()] }));
  const asked: LogRowInput[] = [];
  const { logRow = CONNECTED.logRow } = account;
  const api: GatewayApi = {
    ...memory.api,
    ...CONNECTED,
    ...account,
    test: async () => success(report),
    logRow: async (input) => {
      asked.push(input);
      return logRow(input);
    },
  };
  render(<CloudflareGatewaySection api={api} />);
  fireEvent.click(await screen.findByRole("button", { name: "Test Anthropic" }));
  await verdict();
  return asked;
}

const verdict = () =>
  screen.findByRole("heading", { name: "Went through Cloudflare AI Gateway my-gateway" });
const line = async () => within(await screen.findByRole("group", { name: "Cloudflare’s log" }));
const found = (proof: Partial<LogProof>) => ({
  logRow: async () => success({ ...CONFIRMED, ...proof }),
});

describe("Cloudflare's record of a test", () => {
  it("is requested by the log ID, and shown below the verdict", async () => {
    const asked = await tested({});
    expect(await (await line()).findByText(CONFIRMED.message)).toBeDefined();
    expect(asked).toEqual([
      {
        accountId: ACCOUNT,
        gatewayName: "my-gateway",
        provider: "anthropic",
        logId: VERDICTS.gateway.logId,
        startedAt: VERDICTS.gateway.startedAt,
        route: "saved",
      },
    ]);
  });

  it("does not delay the verdict", async () => {
    await tested({ logRow: () => new Promise(() => undefined) });
    expect(await (await line()).findByText(/looking for this request/)).toBeDefined();
    expect(await verdict()).toBeDefined();
  });

  it("shows a difference, and keeps the verdict", async () => {
    const difference = "The log has status 500, but the test received 200.";
    await tested(found({ differences: [difference] }));
    const shown = await line();
    expect(await shown.findByText(difference)).toBeDefined();
    const state = screen.getByRole("group", { name: "Cloudflare’s log" }).dataset["state"];
    expect(state).toBe("different");
    expect(await verdict()).toBeDefined();
  });

  it.each(["other_request", "not_found", "logs_off", "logs_elsewhere"] as const)(
    "is neither a success nor a failure when its state is %s",
    async (state) => {
      await tested(found({ state, row: null, message: "A neutral sentence." }));
      await (await line()).findByText("A neutral sentence.");
      const group = screen.getByRole("group", { name: "Cloudflare’s log" });
      expect(group.dataset["state"]).toBe("unknown");
    },
  );

  it("can be searched again when it was not found", async () => {
    const asked = await tested(found({ state: "not_found", row: null, message: "Not yet." }));
    fireEvent.click(await (await line()).findByRole("button", { name: "Look again" }));
    expect(await (await line()).findByRole("button", { name: "Look again" })).toBeDefined();
    expect(asked).toHaveLength(2);
  });

  it("says why Cloudflare could not be asked", async () => {
    await tested({ logRow: async () => failure("api_timeout", { seconds: 15 }) });
    expect(await (await line()).findByText(/did not answer within 15 seconds/)).toBeDefined();
  });

  it("is not requested without a connected account or a log ID", async () => {
    const unconnected = await tested({ accountStatus: async () => success(NOT_CONNECTED) });
    await screen.findByRole("button", { name: "Connect to Cloudflare" });
    expect(unconnected).toEqual([]);
    cleanup();
    const unlogged = await tested({}, { ...VERDICTS.gateway, logId: null });
    await screen.findByRole("button", { name: "Connected to Ana’s Account" });
    expect(unlogged).toEqual([]);
    expect(screen.queryByRole("group", { name: "Cloudflare’s log" })).toBeNull();
  });
});
