// @vitest-environment happy-dom
import {
  cleanup,
  configure,
  createEvent,
  fireEvent,
  render,
  screen,
  within,
} from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { gatewayError } from "../../../shared/errors";
import { MemoryGateway } from "../../testing/memory-gateway";
import { ACCOUNT, view } from "../../testing/sample-views";
import { CloudflareGatewaySection } from "../section";

configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

const NOT_ENTERED = /contains a credential for Cloudflare’s API, so it was not entered/;

async function newGateway() {
  const host = new MemoryGateway(view({ usual: null, gateways: [] }));
  render(<CloudflareGatewaySection api={host.api} />);
  const form = within(await screen.findByRole("form", { name: "Set up your gateway" }));
  const field = (label: string) => form.getByLabelText<HTMLInputElement>(label);
  return { host, form, field };
}

/** Whether the field itself would take the text. */
function paste(input: HTMLInputElement, text: string): boolean {
  const event = createEvent.paste(input, { clipboardData: { getData: () => text } });
  fireEvent(input, event);
  return !event.defaultPrevented;
}

describe("a credential for Cloudflare's API", () => {
  it.each(["Account ID", "Gateway name", "Gateway token"])(
    "is dropped with a sentence at the token when it is pasted into %s",
    async (label) => {
      const { form, field } = await newGateway();
      expect(paste(field(label), "CLOUDFLARE_API_TOKEN=the-secret")).toBe(false);
      expect(form.getByText(NOT_ENTERED)).toBeDefined();
      expect(
        ["Account ID", "Gateway name", "Gateway token"].map((each) => field(each).value),
      ).toEqual(["", "", ""]);
      expect(document.body.innerHTML).not.toContain("the-secret");
      fireEvent.change(field("Gateway token"), { target: { value: "run-token" } });
      expect(form.queryByText(NOT_ENTERED)).toBeNull();
    },
  );

  it("is dropped while the account of the same text is entered", async () => {
    const { form, field } = await newGateway();
    paste(field("Account ID"), `CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}\nCLOUDFLARE_API_TOKEN=the-secret`);
    expect(field("Account ID").value).toBe(ACCOUNT);
    expect(form.getByText(NOT_ENTERED)).toBeDefined();
    expect(document.body.innerHTML).not.toContain("the-secret");
  });

  it("is refused when it is typed, and nothing is sent", async () => {
    const { host, form, field } = await newGateway();
    fireEvent.change(field("Account ID"), { target: { value: ACCOUNT } });
    fireEvent.change(field("Gateway name"), { target: { value: "new" } });
    fireEvent.change(field("Gateway token"), { target: { value: "CLOUDFLARE_API_TOKEN=abc" } });
    fireEvent.click(form.getByRole("button", { name: /^Add and route/ }));
    expect(form.getByText(/This is a credential for Cloudflare's API/)).toBeDefined();
    expect(host.received).toEqual([]);
  });

  it("is refused at the field when only main can recognize it, until the user edits", async () => {
    const { host, form, field } = await newGateway();
    const what = "This is the token in CLOUDFLARE_API_TOKEN.";
    host.refuseNext = gatewayError("token_of_api", { what });
    fireEvent.change(field("Account ID"), { target: { value: ACCOUNT } });
    fireEvent.change(field("Gateway name"), { target: { value: "new" } });
    fireEvent.change(field("Gateway token"), { target: { value: "abc" } });
    fireEvent.click(form.getByRole("button", { name: /^Add and route/ }));
    const sentence = await form.findByText(new RegExp(what));
    expect(field("Gateway token").getAttribute("aria-describedby")).toBe(sentence.id);
    expect(form.queryByRole("alert")).toBeNull();
    fireEvent.change(field("Gateway token"), { target: { value: "abcd" } });
    expect(form.queryByText(new RegExp(what))).toBeNull();
  });
});
