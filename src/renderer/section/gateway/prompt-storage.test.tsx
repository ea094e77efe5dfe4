// @vitest-environment happy-dom
import { act, cleanup, configure, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import type { ProvidersView } from "../../../shared/view";
import { MemoryGateway } from "../../testing/memory-gateway";
import { ACCOUNT, block, provider, view } from "../../testing/sample-views";
import { CloudflareGatewaySection } from "../section";

configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

const LABEL = /Don’t store prompts in the gateway’s log/;
const routed = { route: "gateway", gateway: block({ hasToken: true }) } as const;
const hidden = { route: "gateway", gateway: block({ storePrompts: false }) } as const;
const xai = { id: "xai", name: "xAI" } as const;

async function openForm(shown: ProvidersView) {
  const host = new MemoryGateway(shown);
  render(<CloudflareGatewaySection api={host.api} />);
  fireEvent.click(await screen.findByRole("button", { name: "Edit my-gateway" }));
  const form = within(await screen.findByRole("form", { name: "Settings of my-gateway" }));
  return { host, form, box: form.getByRole<HTMLInputElement>("checkbox", { name: LABEL }) };
}

describe("the setting of a gateway's log", () => {
  it.each([
    ["is off when all providers store prompts", [routed, routed], false, false],
    ["is on when none does", [hidden, hidden], true, false],
    ["is mixed when some do", [routed, hidden], false, true],
  ] as const)("%s", async (_state, [one, two], checked, indeterminate) => {
    const providers = [provider(one), provider({ ...xai, ...two })];
    const { box } = await openForm(view({ providers }));
    expect([box.checked, box.indeterminate]).toEqual([checked, indeterminate]);
  });

  it("is saved alone for all its providers", async () => {
    const { host, form, box } = await openForm(view({ providers: [provider(routed)] }));
    fireEvent.click(box);
    fireEvent.click(form.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved for 1 provider of my-gateway.", { selector: ".cfgw-undo p" });
    expect(host.received).toEqual([
      [
        "updateGateway",
        {
          gateway: { accountId: ACCOUNT, gatewayName: "my-gateway" },
          change: { storePrompts: false },
        },
      ],
    ]);
  });

  it("is not announced as saved when no provider was changed", async () => {
    const { host, form, box } = await openForm(view({ providers: [provider(routed)] }));
    const release = host.hold();
    fireEvent.click(box);
    fireEvent.click(form.getByRole("button", { name: "Save" }));
    act(() => {
      host.changeOutside(view({ providers: [] }));
    });
    release();
    await screen.findAllByText("No provider was changed.");
    expect(screen.queryByText(/^Saved/)).toBeNull();
  });

  it("changes nothing when it is switched back before saving", async () => {
    const { host, form, box } = await openForm(view({ providers: [provider(hidden)] }));
    fireEvent.click(box);
    fireEvent.click(box);
    fireEvent.click(form.getByRole("button", { name: "Save" }));
    expect(screen.queryByRole("form", { name: "Settings of my-gateway" })).toBeNull();
    expect(host.received).toEqual([]);
  });

  it("of a new gateway is sent with it", async () => {
    const host = new MemoryGateway(view({ usual: null, gateways: [] }));
    render(<CloudflareGatewaySection api={host.api} />);
    const form = within(await screen.findByRole("form", { name: "Set up your gateway" }));
    const fill = (label: string, value: string) =>
      fireEvent.change(form.getByLabelText(label), { target: { value } });
    fill("Account ID", ACCOUNT);
    fill("Gateway name", "new");
    fill("Gateway token", "a-token");
    fireEvent.click(form.getByRole("checkbox", { name: LABEL }));
    fireEvent.click(form.getByRole("button", { name: /^Add and route/ }));
    await screen.findByText(/now uses new/, { selector: ".cfgw-undo p" });
    expect(host.received).toMatchObject([
      ["route", { gateway: { gatewayName: "new", storePrompts: false } }],
    ]);
  });
});
