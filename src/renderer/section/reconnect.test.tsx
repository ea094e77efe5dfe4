// @vitest-environment happy-dom
/** A host's `api` that comes and goes with its connection. */
import { act, cleanup, configure, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import type { GatewayApi } from "../../shared/contract";
import type { Result } from "../../shared/result";
import { MemoryGateway } from "../testing/memory-gateway";
import { block, provider, view } from "../testing/sample-views";
import { createSwitchingApi } from "./data/switching-api";
import { loadRowDetails } from "./row/details-on-demand";
import { CloudflareGatewaySection } from "./section";
import { CONNECTING_MS } from "./ui/not-loaded";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(loadRowDetails);
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const DIRECT = view();
const ROUTED = view({
  version: { store: "after the restart", number: 1 },
  providers: [provider({ route: "gateway", gateway: block() })],
});
const LOST = /The connection to the app was lost/;

async function anthropic() {
  return within(await screen.findByRole("listitem", { name: "Anthropic" }));
}

/** Opens Anthropic's form and types a gateway name. */
async function typeName(text: string): Promise<HTMLInputElement> {
  const row = await anthropic();
  fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
  fireEvent.change(row.getByRole("combobox", { name: "Gateway" }), {
    target: { value: "another" },
  });
  const field = row.getByLabelText<HTMLInputElement>("Gateway name");
  fireEvent.change(field, { target: { value: text } });
  return field;
}

describe("the section", () => {
  it("keeps typed text and the last state while disconnected, and then reads again", async () => {
    const before = new MemoryGateway(DIRECT);
    const { rerender } = render(<CloudflareGatewaySection api={before.api} />);
    const field = await typeName("half-typed");

    rerender(<CloudflareGatewaySection api={null} />);
    expect(await screen.findAllByText(LOST)).not.toEqual([]);
    const status = within(screen.getByRole("group", { name: "Status" }));
    expect(status.getByText("Not connected. This is the last known state.")).toBeTruthy();
    expect(status.getByRole("button", { name: "Test all" })).toHaveProperty("disabled", true);
    expect(field.value).toBe("half-typed");
    expect(field.isConnected).toBe(true);
    await (await anthropic()).findByText(/^Direct to/);

    const after = new MemoryGateway(ROUTED);
    rerender(<CloudflareGatewaySection api={after.api} />);
    await (await anthropic()).findByText("Through my-gateway");
    expect(screen.queryAllByText(LOST)).toEqual([]);
    expect(field.value).toBe("half-typed");
    expect(field.isConnected).toBe(true);
  });

  it("says that it is connecting when it starts without an api, and loads when one arrives", async () => {
    const { rerender } = render(<CloudflareGatewaySection api={null} />);
    await screen.findByText("Connecting…");
    expect(screen.queryByText(LOST)).toBeNull();
    expect(screen.queryByRole("alert")).toBeNull();
    rerender(<CloudflareGatewaySection api={new MemoryGateway(DIRECT).api} />);
    expect(screen.queryByText(LOST)).toBeNull();
    await anthropic();
    expect(screen.queryByText("Connecting…")).toBeNull();
  });

  it("explains what to do when no api arrives", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
    const { rerender } = render(<CloudflareGatewaySection api={null} />);
    await screen.findByText("Connecting…");
    act(() => {
      vi.advanceTimersByTime(CONNECTING_MS);
    });
    expect(screen.getByText("Not connected yet")).toBeTruthy();
    expect(screen.getByText(/open it again, or restart the app\.$/)).toBeTruthy();
    expect(screen.queryByText(LOST)).toBeNull();
    rerender(<CloudflareGatewaySection api={new MemoryGateway(DIRECT).api} />);
    await anthropic();
    expect(screen.queryByText("Not connected yet")).toBeNull();
  });

  it("follows the file over the new connection only", async () => {
    const before = new MemoryGateway(DIRECT);
    const after = new MemoryGateway(DIRECT);
    const { rerender } = render(<CloudflareGatewaySection api={before.api} />);
    await anthropic();
    rerender(<CloudflareGatewaySection api={after.api} />);
    expect((await after.api.providers()).success).toBe(true);
    expect(before.listening).toBe(0);
    expect(after.listening).toBe(1);
  });
});

describe("a switching api", () => {
  it("fails the running calls when the connection is lost", async () => {
    const { api } = new MemoryGateway(DIRECT);
    const silent: GatewayApi = { ...api, undo: () => new Promise<Result<never>>(() => undefined) };
    const line = createSwitchingApi(silent);
    const undone = line.api.undo();
    expect(line.connect(silent)).toBe(false);
    expect(line.connect(null)).toBe(true);
    expect(await undone).toMatchObject({ success: false, error: { code: "disconnected" } });
    expect(await line.api.undo()).toMatchObject({ error: { code: "disconnected" } });
  });
});
