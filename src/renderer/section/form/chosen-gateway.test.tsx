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

import type { GatewaySettings } from "../../../shared/account";
import type { GatewayApi, GatewayApiCalls } from "../../../shared/contract";
import { success } from "../../../shared/result";
import type { ProvidersView } from "../../../shared/view";
import { MemoryGateway } from "../../testing/memory-gateway";
import { CONNECTED, details, DOMAINS, NOT_CONNECTED, settings } from "../../testing/sample-account";
import { ACCOUNT, block, provider, view } from "../../testing/sample-views";
import { loadAccountParts } from "../cloudflare/on-demand";
import { loadAddGateway } from "../gateway/add-gateway-on-demand";
import { loadRowDetails } from "../row/details-on-demand";
import { CloudflareGatewaySection } from "../section";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(() => Promise.all([loadAccountParts(), loadAddGateway(), loadRowDetails()]));
afterEach(cleanup);

const ROUTED = provider({ route: "gateway", gateway: block({ hasToken: true }) });
const NONE = { usual: null, gateways: [] } as const;
const TWO = [settings(), settings({ gatewayName: "other" })];
const OPEN = settings({ gatewayName: "open", authentication: false });

function show(
  shown: Partial<ProvidersView>,
  gateways: readonly GatewaySettings[] = TWO,
  calls: Partial<GatewayApiCalls> = {},
) {
  const memory = new MemoryGateway(view(shown));
  const listed = { accountGateways: async () => success({ gateways }) };
  const api: GatewayApi = { ...memory.api, ...CONNECTED, ...listed, ...calls };
  render(<CloudflareGatewaySection api={api} />);
  const sent = (call: string) =>
    memory.received.filter(([name]) => name === call).map(([, input]) => input);
  return { memory, sent };
}

async function editor() {
  await screen.findByRole("button", { name: "Connected to Ana’s Account" });
  fireEvent.click(await screen.findByRole("button", { name: "Edit my-gateway" }));
  return within(await screen.findByRole("form", { name: /my-gateway/ }));
}

async function rowForm() {
  await screen.findByRole("button", { name: "Connected to Ana’s Account" });
  fireEvent.click(await screen.findByRole("button", { name: /^Anthropic\./ }));
  fireEvent.click(await screen.findByRole("tab", { name: "Settings" }));
  return within(await screen.findByRole("form", { name: /Anthropic/ }));
}

describe("a gateway that is edited", () => {
  it("becomes another one of the account by one choice, without a typed name", async () => {
    const { sent } = show({ providers: [ROUTED] });
    const form = await editor();
    expect(form.getByLabelText<HTMLInputElement>("Gateway name").value).toBe("my-gateway");
    fireEvent.click(form.getByRole("button", { name: "Choose from your account" }));
    await form.findByRole("radio", { name: "my-gateway", checked: true });
    await waitFor(() => expect(document.activeElement?.closest("form")).not.toBeNull());
    fireEvent.click(form.getByRole("radio", { name: "other" }));
    fireEvent.click(form.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent("updateGateway")).toHaveLength(1));
    expect(sent("updateGateway")).toMatchObject([{ change: { gatewayName: "other" } }]);
  });

  it("gets a custom domain from the list, which Cloudflare confirms first", async () => {
    const { sent } = show({ providers: [ROUTED] }, TWO, {
      gatewayDetails: async () => success(details({ domains: DOMAINS })),
    });
    const form = await editor();
    fireEvent.click(form.getByRole("button", { name: "Choose from your account" }));
    const domains = await form.findByLabelText("Address");
    fireEvent.change(domains, { target: { value: "ai.example.com" } });
    fireEvent.change(await form.findByLabelText("Gateway token"), { target: { value: "run" } });
    fireEvent.click(form.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent("updateGateway")).toHaveLength(1));
    expect(sent("confirmDomain")).toMatchObject([{ host: "ai.example.com", listed: true }]);
  });

  it("keeps its names when the list does not show it, and says so", async () => {
    const { sent } = show({ providers: [ROUTED] }, [settings({ gatewayName: "other" })]);
    const form = await editor();
    fireEvent.click(form.getByRole("button", { name: "Choose from your account" }));
    expect(
      await form.findByText("my-gateway is entered now. It is not in this list."),
    ).toBeDefined();
    expect(form.queryByRole("radio", { checked: true })).toBeNull();
    fireEvent.click(form.getByRole("button", { name: "Enter the names instead" }));
    expect(form.getByLabelText<HTMLInputElement>("Gateway name").value).toBe("my-gateway");
    expect(sent("updateGateway")).toEqual([]);
  });

  it("has only fields while no account is connected", async () => {
    show({ providers: [ROUTED] }, TWO, { accountStatus: async () => success(NOT_CONNECTED) });
    fireEvent.click(await screen.findByRole("button", { name: "Edit my-gateway" }));
    const form = within(await screen.findByRole("form", { name: /my-gateway/ }));
    expect(form.getByLabelText("Gateway name")).toBeDefined();
    expect(form.queryByRole("button", { name: "Choose from your account" })).toBeNull();
  });
});

describe("another gateway of a provider", () => {
  it("is chosen from the account, or typed", async () => {
    const { sent } = show({ providers: [ROUTED] });
    const form = await rowForm();
    fireEvent.change(form.getByLabelText("Gateway"), { target: { value: "another" } });
    fireEvent.click(await form.findByRole("button", { name: "Enter the names instead" }));
    expect(form.getByLabelText<HTMLInputElement>("Gateway name").value).toBe("my-gateway");
    fireEvent.click(form.getByRole("button", { name: "Choose from your account" }));
    fireEvent.click(await form.findByRole("radio", { name: "other" }));
    fireEvent.submit(screen.getByRole("form", { name: /Anthropic/ }));
    await waitFor(() => expect(sent("enable")).toHaveLength(1));
    expect(sent("enable")).toMatchObject([{ accountId: ACCOUNT, gatewayName: "other" }]);
  });

  it("is not chosen before the user does, so that opening the row changes nothing", async () => {
    show({ providers: [provider({ route: "direct" })], ...NONE });
    const form = await rowForm();
    await form.findByRole("radio", { name: "other" });
    expect(form.queryByRole("radio", { checked: true })).toBeNull();
    expect(screen.queryByText("Not saved")).toBeNull();
  });
});

describe("a gateway that is open at Cloudflare", () => {
  const checkbox = () => screen.findByRole<HTMLInputElement>("checkbox", { name: /is open/ });

  it("needs no token when it is preselected, and nothing counts as typed", async () => {
    const { sent } = show(NONE, [OPEN]);
    await screen.findByRole("radio", { name: "open", checked: true });
    await waitFor(async () => expect((await checkbox()).checked).toBe(true));
    expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: /^Add and route/ }));
    await waitFor(() => expect(sent("route")).toHaveLength(1));
    expect(sent("route")).toMatchObject([{ gateway: { gatewayName: "open", token: null } }]);
  });

  it("can still get a token", async () => {
    const { sent } = show(NONE, [OPEN]);
    await waitFor(async () => expect((await checkbox()).checked).toBe(true));
    fireEvent.click(await checkbox());
    expect((await checkbox()).checked).toBe(false);
    fireEvent.change(screen.getByLabelText("Gateway token"), { target: { value: "run-token" } });
    fireEvent.click(screen.getByRole("button", { name: /^Add and route/ }));
    await waitFor(() => expect(sent("route")).toHaveLength(1));
    expect(sent("route")).toMatchObject([{ gateway: { token: "run-token" } }]);
  });

  it("is ticked by choosing it, and unticked by choosing one that needs a token", async () => {
    show(NONE, [settings(), OPEN]);
    fireEvent.click(await screen.findByRole("radio", { name: "open" }));
    expect((await checkbox()).checked).toBe(true);
    fireEvent.click(screen.getByRole("radio", { name: "my-gateway" }));
    expect((await checkbox()).checked).toBe(false);
  });

  it("keeps a token that was already typed", async () => {
    show(NONE, [settings(), OPEN]);
    await screen.findByRole("radio", { name: "my-gateway", checked: true });
    fireEvent.change(screen.getByLabelText("Gateway token"), { target: { value: "run-token" } });
    fireEvent.click(screen.getByRole("radio", { name: "open" }));
    expect((await checkbox()).checked).toBe(false);
    expect(screen.getByLabelText<HTMLInputElement>("Gateway token").value).toBe("run-token");
  });
});
