// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import type { CustomProviderInput, CustomProviderView } from "../../../shared/account";
import type { GatewayApi, GatewayApiCalls } from "../../../shared/contract";
import { failure } from "../../../shared/errors";
import { success } from "../../../shared/result";
import { MemoryGateway } from "../../testing/memory-gateway";
import { CONNECTED } from "../../testing/sample-account";
import { ACCOUNT, block, MOONSHOT, provider, view } from "../../testing/sample-views";
import { loadRowDetails } from "../row/details-on-demand";
import { CloudflareGatewaySection } from "../section";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(loadRowDetails);
afterEach(cleanup);

const FOUND = {
  host: "api.moonshot.ai",
  segment: null,
  proposed: "custom-moonshot",
  isEnabled: true,
} as const;

async function show(account: Partial<GatewayApiCalls>) {
  const gateway = block({ hasToken: true });
  const providers = [provider({ gateway }), { ...MOONSHOT, gateway }];
  const memory = new MemoryGateway(view({ providers }));
  const created: CustomProviderInput[] = [];
  const api: GatewayApi = {
    ...memory.api,
    ...CONNECTED,
    createCustomProvider: async (input) => {
      created.push(input);
      return success({ ...FOUND, segment: "custom-moonshot" });
    },
    ...account,
  };
  render(<CloudflareGatewaySection api={api} />);
  fireEvent.click(await screen.findByRole("button", { name: /^Moonshot AI/ }));
  const form = within(await screen.findByRole("form", { name: "Gateway of Moonshot AI" }));
  return { created, form };
}

const CREATE = "Create a custom provider for api.moonshot.ai";

describe("a custom provider", () => {
  it("is created after a question that names the host, and fills in the segment", async () => {
    const { created, form } = await show({});
    fireEvent.click(await form.findByRole("button", { name: CREATE }));
    const question = within(await screen.findByRole("alertdialog"));
    expect(question.getByText(/https:\/\/api\.moonshot\.ai/)).toBeDefined();
    expect(created).toEqual([]);
    fireEvent.click(question.getByRole("button", { name: "Create custom provider" }));
    expect(await form.findByDisplayValue("custom-moonshot")).toBeDefined();
    expect(created).toEqual([{ accountId: ACCOUNT, provider: "moonshotai", seen: "mark-1" }]);
  });

  it("is used instead of created when the account has one", async () => {
    const { created, form } = await show({
      customProvider: async () => success({ ...FOUND, segment: "custom-kimi" }),
    });
    fireEvent.click(await form.findByRole("button", { name: "Use custom-kimi" }));
    expect(await form.findByDisplayValue("custom-kimi")).toBeDefined();
    expect(form.queryByRole("button", { name: CREATE })).toBeNull();
    expect(created).toEqual([]);
  });

  it("is not offered while it is turned off at Cloudflare", async () => {
    const { form } = await show({
      customProvider: async () => success({ ...FOUND, segment: "custom-kimi", isEnabled: false }),
    });
    expect(await form.findByText(/custom-kimi is turned off at Cloudflare/)).toBeDefined();
    expect(form.queryByRole("button", { name: "Use custom-kimi" })).toBeNull();
  });

  it("does not fill in the segment when Cloudflare created it turned off", async () => {
    let account: CustomProviderView = FOUND;
    const { form } = await show({
      customProvider: async () => success(account),
      createCustomProvider: async () => {
        account = { ...FOUND, segment: "custom-moonshot", isEnabled: false };
        return success(account);
      },
    });
    fireEvent.click(await form.findByRole("button", { name: CREATE }));
    const question = within(await screen.findByRole("alertdialog"));
    fireEvent.click(question.getByRole("button", { name: "Create custom provider" }));
    expect(await form.findByText(/custom-moonshot is turned off at Cloudflare/)).toBeDefined();
    expect(form.getByLabelText<HTMLInputElement>("Segment").value).toBe("");
    expect(screen.queryByText(/now sends requests/)).toBeNull();
  });

  it("stays empty and says why when Cloudflare refuses it", async () => {
    const { form } = await show({
      createCustomProvider: async () => failure("api_input_refused", { said: "slug taken" }),
    });
    fireEvent.click(await form.findByRole("button", { name: CREATE }));
    const question = within(await screen.findByRole("alertdialog"));
    fireEvent.click(question.getByRole("button", { name: "Create custom provider" }));
    expect(await form.findByText(/slug taken/)).toBeDefined();
    expect(form.getByLabelText<HTMLInputElement>("Segment").value).toBe("");
  });
});
