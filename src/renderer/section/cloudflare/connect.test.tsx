// @vitest-environment happy-dom
import {
  act,
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
} from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import type { AccountStatus, ConnectAccountInput } from "../../../shared/account";
import type { GatewayApi, GatewayApiCalls } from "../../../shared/contract";
import { failure, gatewayError } from "../../../shared/errors";
import { success } from "../../../shared/result";
import { routed } from "../../testing/gallery-views";
import { MemoryGateway } from "../../testing/memory-gateway";
import { accountStatus, CONNECTED, NOT_CONNECTED } from "../../testing/sample-account";
import { view } from "../../testing/sample-views";
import { CloudflareGatewaySection } from "../section";
import { loadAccountParts } from "./on-demand";

configure({ asyncUtilTimeout: 10_000 });
beforeAll(loadAccountParts);
afterEach(cleanup);

const SECRET = "the-api-token";
const ONE_ROUTED = view({ providers: [routed()] });

function show(account: Partial<GatewayApiCalls>, status: AccountStatus = NOT_CONNECTED) {
  const memory = new MemoryGateway(ONE_ROUTED);
  let current = status;
  const sent: ConnectAccountInput[] = [];
  const api: GatewayApi = {
    ...memory.api,
    ...CONNECTED,
    accountStatus: async () => success(current),
    connectAccount: async (input) => {
      sent.push(input);
      current = accountStatus();
      return success(current);
    },
    disconnectAccount: async () => {
      current = NOT_CONNECTED;
      return success(current);
    },
    ...account,
  };
  render(<CloudflareGatewaySection api={api} />);
  return { api, sent };
}

const openForm = async () =>
  fireEvent.click(await screen.findByRole("button", { name: "Connect to Cloudflare" }));
const tokenField = () => screen.getByLabelText<HTMLInputElement>("Cloudflare API token");
const submit = () => fireEvent.click(screen.getByRole("button", { name: "Connect" }));
const connected = () => screen.findByRole("button", { name: "Connected to Ana’s Account" });

describe("a connection that another window makes or ends", () => {
  /** Counts how often the status and the accounts were asked for. */
  function watched(first: AccountStatus) {
    const memory = new MemoryGateway(ONE_ROUTED);
    const asked = { status: 0, accounts: 0 };
    let current = first;
    const api: GatewayApi = {
      ...memory.api,
      ...CONNECTED,
      accountStatus: async () => {
        asked.status += 1;
        return success(current);
      },
      accounts: async () => {
        asked.accounts += 1;
        return CONNECTED.accounts();
      },
      connectAccount: async () => {
        current = accountStatus({ changes: 1 });
        return success(current);
      },
    };
    render(<CloudflareGatewaySection api={api} />);
    const becomes = (status: AccountStatus) => {
      current = status;
      act(() => memory.changeOutside({ ...ONE_ROUTED, accountChanges: status.changes }));
    };
    return { asked, becomes };
  }

  it("is shown at once", async () => {
    const { becomes } = watched(NOT_CONNECTED);
    await screen.findByRole("button", { name: "Connect to Cloudflare" });
    becomes(accountStatus({ changes: 1 }));
    expect(await connected()).toBeDefined();
    becomes(accountStatus({ changes: 2, token: null }));
    expect(await screen.findByRole("button", { name: "Connect to Cloudflare" })).toBeDefined();
  });

  it("is not asked for again by the window that connected itself", async () => {
    const { asked, becomes } = watched(NOT_CONNECTED);
    await openForm();
    fireEvent.change(tokenField(), { target: { value: SECRET } });
    submit();
    await connected();
    const before = { ...asked };
    becomes(accountStatus({ changes: 1 }));
    await screen.findByRole("button", { name: "Connected to Ana’s Account" });
    expect(asked).toEqual(before);
  });
});

describe("connecting to Cloudflare", () => {
  it("sends the token once, shows the account by name and keeps no copy of the token", async () => {
    const { sent } = show({});
    await openForm();
    fireEvent.change(tokenField(), { target: { value: ` CLOUDFLARE_API_TOKEN="${SECRET}" ` } });
    submit();
    await connected();
    expect(sent).toEqual([{ token: SECRET, remember: false }]);
    expect(document.body.innerHTML).not.toContain(SECRET);
    expect(screen.queryByLabelText("Cloudflare API token")).toBeNull();
    expect(document.activeElement).toBe(await connected());
  });

  it("asks to remember the token when the user wants it", async () => {
    const { sent } = show({});
    await openForm();
    fireEvent.change(tokenField(), { target: { value: SECRET } });
    fireEvent.click(screen.getByRole("checkbox", { name: /^Remember on this computer/ }));
    submit();
    await connected();
    expect(sent).toEqual([{ token: SECRET, remember: true }]);
  });

  it.each([
    [{ missing: ["AI Gateway Read" as const] }, "The token lacks AI Gateway Read."],
    [
      { rememberProblem: gatewayError("secret_not_saved", { why: "the disk is full." }) },
      "The API token was not saved: the disk is full.",
    ],
  ])("stays open to show missing permissions or an unsaved token: %j", async (changes, words) => {
    let current = NOT_CONNECTED;
    show({
      accountStatus: async () => success(current),
      connectAccount: async () => {
        current = accountStatus(changes);
        return success(current);
      },
    });
    await openForm();
    fireEvent.change(tokenField(), { target: { value: SECRET } });
    submit();
    const card = await screen.findByRole("group", { name: "Connected to Cloudflare" });
    expect(card.textContent).toContain(words);
    expect(document.activeElement).toBe(await connected());
  });

  it("says why the token cannot be remembered when the computer cannot encrypt it", async () => {
    show({}, { ...NOT_CONNECTED, canRemember: false });
    await openForm();
    const box = screen.getByRole<HTMLInputElement>("checkbox", { name: /^Remember/ });
    expect(box.disabled).toBe(true);
    expect(screen.getByText(/cannot encrypt it/)).toBeDefined();
  });

  it("sends the environment's token only after a click", async () => {
    const { sent } = show({}, { ...NOT_CONNECTED, hasEnvironmentToken: true });
    await openForm();
    expect(sent).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Use the token from the environment" }));
    await connected();
    expect(sent).toEqual([{ token: { from: "environment" }, remember: false }]);
  });

  it("shows a refusal at the field, and keeps the text for another attempt", async () => {
    show({ connectAccount: async () => failure("api_token_not_active") });
    await openForm();
    fireEvent.change(tokenField(), { target: { value: SECRET } });
    submit();
    const { message } = gatewayError("api_token_not_active");
    await waitFor(() => expect(tokenField().getAttribute("aria-invalid")).toBe("true"));
    const note = document.getElementById(tokenField().getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toBe(message);
    expect(tokenField().value).toBe(SECRET);
    expect(document.activeElement).toBe(tokenField());
  });

  it("sends nothing when the field is empty", async () => {
    const { sent } = show({});
    await openForm();
    submit();
    expect(await screen.findByText("Enter an API token.")).toBeDefined();
    expect(sent).toEqual([]);
  });

  it("sends nothing when the text is longer than any token", async () => {
    const { sent } = show({});
    await openForm();
    fireEvent.change(tokenField(), { target: { value: "y".repeat(5000) } });
    submit();
    expect(await screen.findByText(/^This is too long for an API token/)).toBeDefined();
    expect(sent).toEqual([]);
  });

  it("links to Cloudflare's form with the permissions filled in, and not with Run", async () => {
    show({});
    await openForm();
    const link = screen.getByRole<HTMLAnchorElement>("link", { name: "Create this token" });
    const url = new URL(link.href);
    expect(url.host).toBe("dash.cloudflare.com");
    expect(JSON.parse(url.searchParams.get("permissionGroupKeys") ?? "")).toEqual([
      { key: "aig", type: "edit" },
      { key: "account_settings", type: "read" },
      { key: "account_analytics", type: "read" },
    ]);
  });
});

describe("a connected account", () => {
  it("is disconnected with one button", async () => {
    show({}, accountStatus());
    fireEvent.click(await connected());
    fireEvent.click(await screen.findByRole("button", { name: "Disconnect" }));
    expect(await screen.findByRole("button", { name: "Connect to Cloudflare" })).toBeDefined();
    expect(screen.queryByRole("button", { name: "Disconnect" })).toBeNull();
  });

  it("says that a stored token was not deleted, and deletes it on another attempt", async () => {
    const rememberProblem = gatewayError("secret_not_deleted", { why: "the file is read-only." });
    let attempts = 0;
    let current = accountStatus();
    show({
      accountStatus: async () => success(current),
      disconnectAccount: async () => {
        attempts += 1;
        current = attempts === 1 ? { ...NOT_CONNECTED, rememberProblem } : NOT_CONNECTED;
        return attempts === 1 ? { success: false, error: rememberProblem } : success(current);
      },
    });
    fireEvent.click(await connected());
    fireEvent.click(await screen.findByRole("button", { name: "Disconnect" }));
    expect(await screen.findByRole("button", { name: "Connect to Cloudflare" })).toBeDefined();
    const notice = () => document.querySelector(".cfgw-notice");
    expect(notice()?.textContent).toContain(rememberProblem.message);
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(notice()).toBeNull());
  });

  it("names the missing permissions and what they mean", async () => {
    show({}, accountStatus({ missing: ["Account Analytics Read"] }));
    fireEvent.click(await connected());
    expect(await screen.findByText("The token lacks Account Analytics Read.")).toBeDefined();
    expect(screen.getByText("Traffic may be incomplete.")).toBeDefined();
  });

  it("says that the token is revoked, and keeps the providers", async () => {
    show({}, accountStatus({ problem: gatewayError("api_token_unknown") }));
    expect(await screen.findByText(gatewayError("api_token_unknown").message)).toBeDefined();
    expect(screen.getByText("Anthropic")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Connect again" }));
    expect(tokenField()).toBeDefined();
  });

  it("is checked again, and not replaced, when Cloudflare could not be reached", async () => {
    let isDown = true;
    const problem = gatewayError("api_timeout", { seconds: 15 });
    show({
      accountStatus: async () => success(accountStatus({ problem: isDown ? problem : null })),
    });
    expect(await screen.findByText(problem.message)).toBeDefined();
    expect(screen.queryByRole("button", { name: "Connect again" })).toBeNull();
    isDown = false;
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.queryByText(problem.message)).toBeNull());
  });

  it("reads its state again when a call is refused because of the token", async () => {
    let isRevoked = false;
    const problem = gatewayError("api_token_unknown");
    show({
      accountStatus: async () => success(accountStatus({ problem: isRevoked ? problem : null })),
      accounts: async () => {
        isRevoked = true;
        return failure("api_token_unknown");
      },
    });
    expect(await screen.findByText(problem.message)).toBeDefined();
  });
});

it("shows no account when the host does not know the calls", async () => {
  const memory = new MemoryGateway(ONE_ROUTED);
  const { accountStatus: _, ...old } = memory.api;
  // A host of an earlier version, whose calls this one's types do not describe.
  const api: GatewayApi = Object.assign(Object.create(null), old);
  render(<CloudflareGatewaySection api={api} />);
  await screen.findByRole("button", { name: "Edit my-gateway" });
  await waitFor(() => expect(screen.queryByRole("button", { name: /Cloudflare$/ })).toBeNull());
});
