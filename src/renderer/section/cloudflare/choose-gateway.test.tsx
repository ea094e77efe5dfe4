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

import type { CreateGatewayInput, GatewaySettings } from "../../../shared/account";
import type { GatewayApi, GatewayApiCalls } from "../../../shared/contract";
import { failure } from "../../../shared/errors";
import { success } from "../../../shared/result";
import { MemoryGateway } from "../../testing/memory-gateway";
import { CONNECTED, details, DOMAINS, OTHER_ACCOUNT, settings } from "../../testing/sample-account";
import { ACCOUNT, view } from "../../testing/sample-views";
import { loadAddGateway } from "../gateway/add-gateway-on-demand";
import { CloudflareGatewaySection } from "../section";
import { loadAccountParts } from "./on-demand";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(async () => {
  await Promise.all([loadAccountParts(), loadAddGateway()]);
});
afterEach(cleanup);

const TWO_ACCOUNTS = {
  accounts: [
    { accountId: ACCOUNT, name: "Ana’s Account" },
    { accountId: OTHER_ACCOUNT, name: "The company" },
  ],
  isComplete: true,
} as const;

async function show(account: Partial<GatewayApiCalls> = {}) {
  const memory = new MemoryGateway(view({ usual: null, gateways: [] }));
  const api: GatewayApi = { ...memory.api, ...CONNECTED, ...account };
  render(<CloudflareGatewaySection api={api} />);
  const form = await screen.findByRole("form", { name: "Set up your gateway" });
  return { memory, form: within(form) };
}

/** The input of the only call of this name. */
function sent(memory: MemoryGateway, call: string): object | undefined {
  const inputs = memory.received.filter(([name]) => name === call).map(([, input]) => input);
  expect(inputs).toHaveLength(1);
  return inputs[0];
}

const gatewaysOf = (gateways: readonly GatewaySettings[]) => async () => success({ gateways });

describe("choosing a gateway", () => {
  it("routes the providers with one typed token and one click when the account has a gateway", async () => {
    const { memory, form } = await show();
    await form.findByRole("radio", { name: "my-gateway", checked: true });
    fireEvent.change(form.getByLabelText("Gateway token"), { target: { value: "run-token" } });
    fireEvent.click(form.getByRole("button", { name: /^Add and route/ }));
    await waitFor(() => expect(memory.received.length).toBeGreaterThan(0));
    expect(sent(memory, "route")).toMatchObject({
      gateway: { accountId: ACCOUNT, gatewayName: "my-gateway", token: "run-token" },
    });
  });

  it("shows the differences between the gateways in a few words", async () => {
    const limited = settings({
      gatewayName: "limited",
      collectsLogs: false,
      rateLimit: { requests: 100, seconds: 60 },
    });
    const { form } = await show({ accountGateways: gatewaysOf([settings(), limited]) });
    const option = await form.findByRole("radio", { name: "limited" });
    const note = document.getElementById(option.getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toBe("needs a Run token · no logs · 100 per minute");
  });

  it("asks for the account only when there are several, and preselects again after a change", async () => {
    const { form } = await show({
      accounts: async () => success(TWO_ACCOUNTS),
      accountGateways: async ({ accountId }) =>
        success({
          gateways:
            accountId === ACCOUNT
              ? [settings()]
              : [settings({ accountId: OTHER_ACCOUNT, gatewayName: "company" })],
        }),
    });
    fireEvent.click(await form.findByRole("radio", { name: "my-gateway" }));
    fireEvent.change(form.getByLabelText("Account"), { target: { value: OTHER_ACCOUNT } });
    expect(await form.findByRole("radio", { name: "company", checked: true })).toBeDefined();
  });

  it("filters many gateways by name", async () => {
    const many = Array.from({ length: 120 }, (_, at) => settings({ gatewayName: `gw-${at}` }));
    const { form } = await show({ accountGateways: gatewaysOf(many) });
    const filter = await form.findByRole("searchbox", { name: "Filter gateways" });
    fireEvent.change(filter, { target: { value: "gw-11" } });
    expect(form.getAllByRole("radio").map((each) => each.getAttribute("aria-label"))).toEqual([
      "gw-11",
      ...Array.from({ length: 10 }, (_, at) => `gw-11${at}`),
    ]);
  });

  it("offers active custom domains only, and confirms the chosen one through Cloudflare", async () => {
    const { memory, form } = await show({
      gatewayDetails: async () => success(details({ domains: DOMAINS })),
    });
    const select = await form.findByLabelText<HTMLSelectElement>("Address");
    expect([...select.options].map(({ text, disabled }) => [text, disabled])).toEqual([
      ["gateway.ai.cloudflare.com", false],
      ["ai.example.com", false],
      ["llm.example.com, not active: pending_dcv", true],
    ]);
    fireEvent.change(select, { target: { value: "ai.example.com" } });
    fireEvent.change(form.getByLabelText("Gateway token"), { target: { value: "run-token" } });
    fireEvent.click(form.getByRole("button", { name: /^Add and route/ }));
    await waitFor(() => expect(memory.received).toHaveLength(2));
    expect(memory.received.map(([call]) => call)).toEqual(["confirmDomain", "route"]);
    expect(sent(memory, "confirmDomain")).toMatchObject({ host: "ai.example.com", listed: true });
    expect(sent(memory, "route")).toMatchObject({ gateway: { host: "ai.example.com" } });
  });

  it("still lets the user type the names", async () => {
    const { form } = await show();
    await form.findByRole("radio", { name: "my-gateway", checked: true });
    fireEvent.click(form.getByRole("button", { name: "Enter the names instead" }));
    expect(form.getByLabelText<HTMLInputElement>("Gateway name").value).toBe("my-gateway");
    fireEvent.click(form.getByRole("button", { name: "Choose from your account" }));
    expect(await form.findByRole("radio", { name: "my-gateway" })).toBeDefined();
  });

  it("shows the fields when Cloudflare does not list the accounts", async () => {
    const { form } = await show({
      accounts: async () => failure("api_timeout", { seconds: 15 }),
    });
    expect(await form.findByText(/did not answer within 15 seconds/)).toBeDefined();
    fireEvent.click(form.getByRole("button", { name: "Enter the names instead" }));
    expect(form.getByLabelText("Account ID")).toBeDefined();
  });
});

describe("creating a gateway", () => {
  /** An account whose gateways are created by the test. */
  function creating() {
    const created: CreateGatewayInput[] = [];
    const account: Partial<GatewayApiCalls> = {
      accountGateways: async () =>
        success({ gateways: created.map(({ gatewayName }) => settings({ gatewayName })) }),
      createGateway: async (input) => {
        created.push(input);
        return success(settings({ gatewayName: input.gatewayName }));
      },
    };
    return { created, account };
  }

  it("is offered with a default name when the account has none, and chooses the new gateway", async () => {
    const { created, account } = creating();
    const { form } = await show(account);
    const field = await form.findByLabelText<HTMLInputElement>("Name of the new gateway");
    expect(field.value).toBe("mux");
    fireEvent.click(form.getByRole("button", { name: "Create gateway" }));
    expect(await form.findByRole("radio", { name: "mux", checked: true })).toBeDefined();
    expect(created).toEqual([{ accountId: ACCOUNT, gatewayName: "mux", collectLogs: true }]);
  });

  it("shows Cloudflare's refusal at the name, and creates nothing for an invalid one", async () => {
    const { created, account } = creating();
    const { form } = await show({
      ...account,
      createGateway: async (input) => {
        created.push(input);
        return failure("api_input_refused", { said: "already exists" });
      },
    });
    const field = await form.findByLabelText<HTMLInputElement>("Name of the new gateway");
    fireEvent.change(field, { target: { value: "My gateway" } });
    fireEvent.click(form.getByRole("button", { name: "Create gateway" }));
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(created).toEqual([]);
    fireEvent.change(field, { target: { value: "mux" } });
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(created).toHaveLength(1));
    await waitFor(() => expect(document.activeElement).toBe(field));
    const note = document.getElementById(field.getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toContain("already exists");
  });
});
