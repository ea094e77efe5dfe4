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

import type { GatewayApi } from "../../shared/contract";
import { gatewayError } from "../../shared/errors";
import { success } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { MemoryGateway } from "../testing/memory-gateway";
import { chooseInMenu, routeAll } from "../testing/page-menu";
import { report } from "../testing/sample-reports";
import { ACCOUNT, block, gateway, provider, view } from "../testing/sample-views";
import { loadRowDetails } from "./row/details-on-demand";
import { CloudflareGatewaySection } from "./section";

// On a busy machine, updates can take longer than the default of one second.
configure({ asyncUtilTimeout: 10_000 });
beforeAll(loadRowDetails);
afterEach(cleanup);

async function shown(
  with_: ProvidersView,
  changes: (api: GatewayApi) => Partial<GatewayApi> = () => ({}),
) {
  const host = new MemoryGateway(with_);
  render(<CloudflareGatewaySection api={{ ...host.api, ...changes(host.api) }} />);
  const row = await screen.findByRole("listitem", { name: "Anthropic" });
  return { host, row: within(row), toggle: within(row).getByRole("switch") };
}

/** Shows the fields for a gateway that is not in the list. */
function enterAnother(row: Awaited<ReturnType<typeof shown>>["row"]): void {
  const picker = row.getByRole("combobox", { name: "Gateway" });
  fireEvent.change(picker, { target: { value: "another" } });
}

function chosenIn(row: Awaited<ReturnType<typeof shown>>["row"]): string | undefined {
  const picker = row.getByRole<HTMLSelectElement>("combobox", { name: "Gateway" });
  return picker.selectedOptions[0]?.textContent;
}

describe("a provider's switch", () => {
  it("changes immediately, and stays on when the file is written", async () => {
    const { host, row, toggle } = await shown(view());
    const letThrough = host.hold();
    fireEvent.click(toggle);
    await row.findByText("Through my-gateway");
    expect(toggle.getAttribute("aria-checked")).toBe("true");
    letThrough();
    await screen.findByText("Anthropic now uses my-gateway.", { selector: ".cfgw-undo p" });
    expect(toggle.getAttribute("aria-checked")).toBe("true");
    expect(host.received).toEqual([
      [
        "route",
        {
          gateway: { accountId: ACCOUNT, gatewayName: "my-gateway" },
          providers: [{ provider: "anthropic", seen: "mark-1" }],
        },
      ],
    ]);
  });

  it("reverts and shows the reason when the change is refused", async () => {
    const { host, row, toggle } = await shown(view());
    host.refuseNext = gatewayError("lock_held", {
      file: "providers.jsonc",
      lock: "providers.jsonc.lock",
      pid: 7,
    });
    fireEvent.click(toggle);
    const alert = await row.findByRole("alert");
    expect(alert.textContent).toContain("process 7");
    expect(toggle.getAttribute("aria-checked")).toBe("false");
  });

  it("bases the second of two quick clicks on the result of the first", async () => {
    const { host, row, toggle } = await shown(view());
    const letThrough = host.hold();
    fireEvent.click(toggle);
    await row.findByText("Through my-gateway");
    fireEvent.click(toggle);
    await row.findByText("Direct to api.anthropic.com");
    letThrough();
    await waitFor(() =>
      expect(host.received[1]).toEqual(["disable", { provider: "anthropic", seen: "mark-1+" }]),
    );
    expect(row.queryByRole("alert")).toBeNull();
  });

  it("opens the form at the first empty field without a usual gateway", async () => {
    const { host, row, toggle } = await shown(view({ usual: null }));
    fireEvent.click(toggle);
    await waitFor(() => expect(document.activeElement).toBe(row.getByLabelText("Account ID")));
    expect(host.received).toEqual([]);
  });

  it("is disabled while the file is invalid, and enabled when the file is fixed", async () => {
    const problem = gatewayError("file_invalid", {
      file: "providers.jsonc",
      line: 3,
      column: 9,
      what: "a comma is missing",
    });
    const { host, toggle } = await shown(view({ problem }));
    expect(screen.getByRole("alert").textContent).toContain("line 3, column 9");
    expect(toggle.hasAttribute("disabled")).toBe(true);
    host.changeOutside(view());
    await waitFor(() => expect(toggle.hasAttribute("disabled")).toBe(false));
  });
});

describe("a provider's form", () => {
  async function typing() {
    const routed = view({ providers: [provider({ route: "gateway", gateway: block() })] });
    const { host, row } = await shown(routed);
    fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
    enterAnother(row);
    const name = row.getByLabelText("Gateway name");
    fireEvent.change(name, { target: { value: "mine" } });
    return { host, row, name };
  }

  it("keeps typed text when the file changes, and asks on saving which version to keep", async () => {
    const { host, row, name } = await typing();
    const theirs = block({ gatewayName: "theirs" });
    host.changeOutside(
      view({ providers: [provider({ route: "gateway", gateway: theirs, mark: "mark-2" })] }),
    );
    await row.findByText(/The file changed while you were typing/);
    expect(name).toHaveProperty("value", "mine");
    fireEvent.change(name, { target: { value: "mine-too" } });
    fireEvent.click(row.getByRole("button", { name: "Save" }));
    fireEvent.click(await row.findByRole("button", { name: "Keep mine" }));
    await row.findByText("Through mine-too");
    expect(host.received.at(-1)).toEqual([
      "enable",
      { provider: "anthropic", accountId: ACCOUNT, gatewayName: "mine-too" },
    ]);
  });

  it("reports no conflict with the panel's own switch", async () => {
    const { host, row, toggle } = await shown(view());
    const letThrough = host.hold();
    fireEvent.click(toggle);
    await row.findByText("Through my-gateway");
    fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
    enterAnother(row);
    fireEvent.change(row.getByLabelText("Gateway name"), { target: { value: "other" } });
    letThrough();
    fireEvent.click(row.getByRole("button", { name: /^Save/ }));
    await row.findByText("Through other");
    await waitFor(() => expect(host.received).toHaveLength(2));
    expect(host.received[1]?.[1]).toMatchObject({
      gateway: { gatewayName: "other" },
      providers: [{ seen: "mark-1+" }],
    });
    expect(row.queryByRole("alert")).toBeNull();
  });

  it("takes the file's version when the user chooses it", async () => {
    const { host, row, name } = await typing();
    const theirs = block({ gatewayName: "theirs" });
    host.changeOutside(
      view({ providers: [provider({ route: "gateway", gateway: theirs, mark: "mark-2" })] }),
    );
    await row.findByText("Through theirs");
    fireEvent.click(row.getByRole("button", { name: "Save" }));
    fireEvent.click(await row.findByRole("button", { name: "Keep the file’s" }));
    await waitFor(() => expect(name.isConnected).toBe(false));
    expect(chosenIn(row)).toBe("theirs");
    expect(row.queryByRole("alert")).toBeNull();
  });

  it("shows the error and writes nothing when a field is invalid", async () => {
    const { host, row, name } = await typing();
    fireEvent.change(name, { target: { value: "mine 2" } });
    fireEvent.click(row.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(document.activeElement).toBe(name));
    expect(name.getAttribute("aria-invalid")).toBe("true");
    expect(row.getByText(/contain a space/)).toBeDefined();
    expect(host.received).toEqual([]);
  });

  it("restores the file's values on Escape and keeps the host's page open", async () => {
    const { row, name } = await typing();
    // `false`: the default action was prevented.
    expect(fireEvent.keyDown(name, { key: "Escape" })).toBe(false);
    await waitFor(() => expect(name.isConnected).toBe(false));
    expect(chosenIn(row)).toBe("my-gateway");
    const picker = row.getByRole("combobox", { name: "Gateway" });
    expect(fireEvent.keyDown(picker, { key: "Escape" })).toBe(true);
  });

  it("splits a pasted dashboard address into its fields", async () => {
    const { row, name } = await typing();
    const text = `https://dash.cloudflare.com/${"f".repeat(32)}/ai/ai-gateway/gateways/pasted`;
    fireEvent.paste(name, { clipboardData: { getData: () => text } });
    await waitFor(() => expect(name).toHaveProperty("value", "pasted"));
    expect(row.getByLabelText("Account ID")).toHaveProperty("value", "f".repeat(32));
  });

  it("splits a typed or dropped address into its fields", async () => {
    const { row, name } = await typing();
    const text = `gateway.ai.cloudflare.com/v1/${"e".repeat(32)}/typed/openai`;
    fireEvent.change(name, { target: { value: text } });
    fireEvent.blur(name);
    await waitFor(() => expect(name).toHaveProperty("value", "typed"));
    expect(row.getByLabelText("Account ID")).toHaveProperty("value", "e".repeat(32));
    fireEvent.drop(name, { dataTransfer: { getData: () => text.replace("typed", "dropped") } });
    await waitFor(() => expect(name).toHaveProperty("value", "dropped"));
  });

  it("rejects a pasted command with a message when it has no gateway details", async () => {
    const { row, name } = await typing();
    const text = "curl https://api.openai.com/v1/models -H 'Authorization: Bearer sk-secret'";
    expect(fireEvent.paste(name, { clipboardData: { getData: () => text } })).toBe(false);
    await waitFor(() => expect(row.getByText(/contains no gateway details/)).toBeDefined());
    expect(document.body.innerHTML).not.toContain("sk-secret");
  });
});

describe("routing all", () => {
  const TWO = [provider(), provider({ id: "xai", name: "xAI" })];

  it("makes one call with one Undo step and leaves the token to main", async () => {
    const { host } = await shown(view({ providers: TWO }));
    await routeAll();
    await screen.findByText("2 providers now use my-gateway.", { selector: ".cfgw-undo p" });
    expect(host.received).toEqual([
      [
        "route",
        {
          gateway: { accountId: ACCOUNT, gatewayName: "my-gateway" },
          providers: [
            { provider: "anthropic", seen: "mark-1" },
            { provider: "xai", seen: "mark-1" },
          ],
        },
      ],
    ]);
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    await screen.findByText("Undid: route Anthropic and xAI through a gateway.", {
      selector: ".cfgw-undo p",
    });
    expect(host.received.slice(1)).toEqual([["undo"]]);
  });

  it("names each provider that was left out, with the reason, and does not count it", async () => {
    const left = gatewayError("openrouter_needs_mirror");
    const { host } = await shown(view({ providers: TWO }), (api) => ({
      route: async (input) => {
        const answer = await api.route({ ...input, providers: input.providers.slice(0, 1) });
        return answer.success
          ? success({ ...answer.data, leftOut: [{ provider: "xai", error: left }] })
          : answer;
      },
    }));
    await routeAll();
    const notice = await screen.findByText(/^1 provider now uses my-gateway\./, {
      selector: ".cfgw-undo p",
    });
    expect(notice.textContent).toContain(`xAI was left out: ${left.message}`);
    expect(host.received).toHaveLength(1);
  });

  it("shows the reason and reports no change when it is refused", async () => {
    const { host } = await shown(view({ providers: TWO }));
    host.refuseNext = gatewayError("disk_full", { file: "providers.jsonc" });
    await routeAll();
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("disk is full");
    expect(host.received).toHaveLength(1);
    expect(screen.queryByText(/now use/)).toBeNull();
    await chooseInMenu("Route 2 more through my-gateway…");
  });

  it("causes no conflict with a form that the user is filling in", async () => {
    const { host, row } = await shown(view({ providers: TWO }));
    fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
    enterAnother(row);
    fireEvent.change(row.getByLabelText("Gateway name"), { target: { value: "other" } });
    await routeAll();
    await row.findByText("Through my-gateway");
    await waitFor(() => expect(host.received).toHaveLength(1));
    fireEvent.click(row.getByRole("button", { name: /^Save/ }));
    await row.findByText("Through other");
    expect(row.queryByRole("alert")).toBeNull();
  });
});

describe("the token of a new gateway", () => {
  async function entering(with_: ProvidersView, hasOthers = false) {
    const { host, row } = await shown(with_);
    fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
    if (hasOthers) enterAnother(row);
    const field = await row.findByLabelText("Account ID");
    fireEvent.change(field, { target: { value: ACCOUNT } });
    fireEvent.change(row.getByLabelText("Gateway name"), { target: { value: "new" } });
    const save = () => fireEvent.click(row.getByRole("button", { name: "Save and turn on" }));
    return { host, row, save };
  }
  const FIRST = view({ usual: null });

  it("is required, and nothing is saved when it is missing", async () => {
    const { host, row, save } = await entering(FIRST);
    save();
    await row.findByText(/^Enter the gateway’s token/);
    expect(host.received).toEqual([]);
    expect(row.getByText(/works for every gateway of the account/)).toBeDefined();
    const link = row.getByRole("link", { name: /Create a token/ });
    expect(link.getAttribute("href")).toContain("permissionGroupKeys=");
    expect(row.getByText(/AI Gateway: Run/)).toBeDefined();
    fireEvent.change(row.getByLabelText("Gateway token"), { target: { value: "secret" } });
    save();
    const given = { accountId: ACCOUNT, gatewayName: "new", token: "secret" };
    await waitFor(() => expect(host.received).toMatchObject([["route", { gateway: given }]]));
  });

  it("is null when the user confirms that the gateway is open", async () => {
    const { host, row, save } = await entering(FIRST);
    fireEvent.click(row.getByRole("checkbox", { name: /^This gateway is open/ }));
    save();
    await waitFor(() =>
      expect(host.received).toMatchObject([["route", { gateway: { token: null } }]]),
    );
  });

  it("is taken from another gateway of the account when that has one", async () => {
    const { row, host, save } = await entering(view({ usual: null, gateways: [gateway()] }), true);
    expect(row.getByText(/The stored token of this account will be used/)).toBeDefined();
    expect(row.queryByLabelText("Gateway token", { selector: "input" })).toBeNull();
    save();
    await waitFor(() => expect(host.received).toHaveLength(1));
    expect(host.received[0]?.[1]).not.toHaveProperty("gateway.token");
  });
});

describe("the gateway from the environment", () => {
  const environmentGateway = { accountId: ACCOUNT, gatewayName: "from-env", hasToken: true };
  const token = { from: "environment" };

  it("is used by every ready provider after one click on the first start", async () => {
    const { host } = await shown(view({ usual: null, environmentGateway }));
    const name = "Use from-env from the environment for 1 provider";
    fireEvent.click(screen.getByRole("button", { name }));
    await screen.findByText(/^1 provider now uses from-env\./, { selector: ".cfgw-undo p" });
    expect(host.received).toMatchObject([
      [
        "route",
        { gateway: { gatewayName: "from-env", token }, providers: [{ provider: "anthropic" }] },
      ],
    ]);
  });

  it("can be chosen in a row, and main takes the token from the environment on saving", async () => {
    const { host, row, toggle } = await shown(view({ usual: null, environmentGateway }));
    fireEvent.click(toggle);
    const picker = await row.findByRole("combobox", { name: "Gateway" });
    fireEvent.change(picker, { target: { value: "0" } });
    expect(row.getByText("From the environment, after you save")).toBeDefined();
    fireEvent.click(row.getByRole("button", { name: "Save and turn on" }));
    await waitFor(() => expect(host.received).toMatchObject([["route", { gateway: { token } }]]));
  });
});

describe("all providers at once", () => {
  const routed = { route: "gateway", gateway: block({ hasToken: true }) } as const;
  const TWO = [provider(routed), provider({ id: "xai", name: "xAI", ...routed })];

  it.each([
    ["Send all direct…", "Send all direct", "direct", "2 providers are set to go direct."],
    [
      "Remove everything…",
      "Remove everything",
      "remove",
      "The gateway settings of 2 providers were removed.",
    ],
  ] as const)(
    "change after one confirmation when %s is chosen",
    async (button, yes, call, sentence) => {
      const { host } = await shown(view({ providers: TWO }));
      const question = await chooseInMenu(button);
      expect(question.getByText(/Anthropic and xAI/)).toBeDefined();
      fireEvent.click(question.getByRole("button", { name: yes }));
      await screen.findByText(sentence, { selector: ".cfgw-undo p" });
      expect(host.received).toEqual([
        [
          call,
          {
            providers: [
              { provider: "anthropic", seen: "mark-1" },
              { provider: "xai", seen: "mark-1" },
            ],
          },
        ],
      ]);
    },
  );

  it("do not change when the user cancels", async () => {
    const { host } = await shown(view({ providers: TWO }));
    const question = await chooseInMenu("Remove everything…");
    expect(question.getByText(/settings and tokens of Anthropic and xAI/)).toBeDefined();
    fireEvent.click(question.getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    const menu = screen.getByRole("button", { name: "More actions" });
    await waitFor(() => expect(document.activeElement).toBe(menu));
    expect(host.received).toEqual([]);
  });
});

describe("undo", () => {
  it("reverts by keyboard shortcut outside text fields only", async () => {
    const { host, row, toggle } = await shown(view());
    fireEvent.click(toggle);
    await row.findByText("Through my-gateway");
    await screen.findByRole("button", { name: "Undo" });
    fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
    enterAnother(row);
    fireEvent.keyDown(row.getByLabelText("Account ID"), { key: "z", ctrlKey: true });
    expect(host.received.map(([call]) => call)).toEqual(["route"]);
    fireEvent.keyDown(toggle, { key: "z", ctrlKey: true });
    await row.findByText("Direct to api.anthropic.com");
    expect(host.received.map(([call]) => call)).toEqual(["route", "undo"]);
  });
});

describe("a test", () => {
  it("stops the same run that it started when Stop is pressed", async () => {
    const { host, row } = await shown(view());
    fireEvent.click(row.getByRole("button", { name: "Test Anthropic" }));
    fireEvent.click(await row.findByRole("button", { name: "Stop the test of Anthropic" }));
    await screen.findByText("The test was stopped.");
    expect(row.getByRole("button", { name: "Test Anthropic" })).toBeDefined();
    const [test, stop] = host.received;
    expect(test).toMatchObject(["test", { provider: "anthropic", route: "saved" }]);
    expect(test?.[1]).toMatchObject(stop?.[1] ?? {});
    expect(stop).toEqual(["stopTest", { run: expect.any(String) }]);
  });

  it("is stopped when the section unmounts", async () => {
    const { host, row } = await shown(view());
    fireEvent.click(row.getByRole("button", { name: "Test Anthropic" }));
    await row.findByRole("button", { name: "Stop the test of Anthropic" });
    cleanup();
    await waitFor(() => expect(host.received.map(([call]) => call)).toEqual(["test", "stopTest"]));
  });

  it("is announced, and marked as outdated when the gateway settings change", async () => {
    const { host, row } = await shown(view());
    fireEvent.click(row.getByRole("button", { name: "Test Anthropic" }));
    await row.findByRole("button", { name: "Stop the test of Anthropic" });
    host.finishTest(success(report()));
    const sentence = "Went through Cloudflare AI Gateway my-gateway";
    await waitFor(() => expect(document.querySelector(".cfgw-said")?.textContent).toBe(sentence));
    expect(row.queryByText(/settings have changed/)).toBeNull();
    host.changeOutside(view({ providers: [provider({ mark: "mark-2" })] }));
    await row.findByText(/settings have changed/);
  });
});

describe("information about mux", () => {
  it("includes warnings that a click fixes when a fix is offered", async () => {
    const notices = [
      { code: "codex_login", message: "A login is preferred.", fix: "use_api_key_auth" },
    ] as const;
    const { host, row } = await shown(view({ providers: [provider({ notices })] }));
    fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
    fireEvent.click(row.getByRole("button", { name: "Use the API key" }));
    await waitFor(() => expect(row.queryByText("A login is preferred.")).toBeNull());
    expect(host.received).toEqual([
      ["fix", { provider: "anthropic", fix: "use_api_key_auth", seen: "mark-1" }],
    ]);
  });

  it("shows the compatibility switch only when the setting can be changed", async () => {
    const name = "Make it work in today’s mux";
    const { host } = await shown(view());
    expect(screen.queryByRole("switch", { name })).toBeNull();
    host.changeOutside(view({ mirror: { on: false, canChange: true } }));
    fireEvent.click(await screen.findByRole("switch", { name }));
    await screen.findByText("Base URLs now point to the gateways, for today’s mux.", {
      selector: ".cfgw-undo p",
    });
    expect(host.received).toEqual([["setMirror", { on: true }]]);
  });

  it("shows one warning at the top when certificates are not checked", async () => {
    const message = "NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates.";
    await shown(view({ warnings: [{ code: "certificates_unchecked", message }] }));
    expect(screen.getAllByText(/turns off the check of certificates/)).toHaveLength(1);
    expect(screen.getByText("Certificates are not checked.")).toBeDefined();
  });

  it("names the file of a second home, which is not used", async () => {
    await shown(view({ otherFile: "/home/ana/.xum/providers.jsonc" }));
    expect(screen.getByText(/ignore \/home\/ana\/\.xum\/providers\.jsonc/)).toBeDefined();
  });
});

describe("the keyboard", () => {
  const MANY = Array.from({ length: 8 }, (_, n) =>
    provider({ id: `p${n}`, name: `Provider ${n}`, directBaseUrl: `https://p${n}.example` }),
  );

  it("moves to the filter with “/”, says that nothing matches, and clears it with Escape", async () => {
    await shown(view({ providers: [provider(), ...MANY] }));
    fireEvent.keyDown(document.body, { key: "/" });
    const field = screen.getByRole("searchbox");
    expect(document.activeElement).toBe(field);
    fireEvent.change(field, { target: { value: "p3.example" } });
    expect(screen.getByText("1 of 9")).toBeDefined();
    fireEvent.change(field, { target: { value: "mistral" } });
    expect(screen.getByText("No provider, host or gateway matches “mistral”.")).toBeDefined();
    fireEvent.keyDown(field, { key: "Escape", isComposing: true });
    expect(field).toHaveProperty("value", "mistral");
    fireEvent.keyDown(field, { key: "Escape" });
    expect(field).toHaveProperty("value", "");
  });

  it("tests all providers with Shift+T, but not in a field", async () => {
    const { host } = await shown(view({ providers: [provider(), ...MANY] }));
    fireEvent.keyDown(screen.getByRole("searchbox"), { key: "T", shiftKey: true });
    expect(host.received).toEqual([]);
    fireEvent.keyDown(document.body, { key: "T", shiftKey: true });
    await waitFor(() => expect(host.received[0]?.[0]).toBe("test"));
    await screen.findByText("Testing 0 of 9…");
    expect(screen.getByRole("button", { name: "Stop all" })).toBeDefined();
  });
});

describe("a change of several providers", () => {
  it("shows its progress in the status until it is written", async () => {
    const { host } = await shown(
      view({ providers: [provider(), provider({ id: "xai", name: "xAI" })] }),
    );
    const letThrough = host.hold();
    await routeAll();
    await screen.findByText("Routing 2 providers…");
    letThrough();
    await screen.findByText("2 providers now use my-gateway.", { selector: ".cfgw-undo p" });
    expect(screen.queryByText("Routing 2 providers…")).toBeNull();
  });
});

describe("a warning that several providers share", () => {
  it("appears once with their names, and one click fixes them with one Undo", async () => {
    const notices = [
      { code: "mirror_out_of_step", message: "The URL differs.", fix: "mend_mirror" },
    ] as const;
    const { host } = await shown(
      view({ providers: [provider({ notices }), provider({ id: "xai", name: "xAI", notices })] }),
    );
    const notice = screen.getByText(/The URL differs\./).closest(".cfgw-notice");
    expect(notice?.textContent).toContain("Anthropic and xAI: The URL differs.");
    fireEvent.click(
      within(notice instanceof HTMLElement ? notice : document.body).getByRole("button"),
    );
    await screen.findByText("Fixed Anthropic and xAI.", { selector: ".cfgw-undo p" });
    expect(host.received.map(([call]) => call)).toEqual(["fix", "fix"]);
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    await screen.findByText(/^Undid: fix/, { selector: ".cfgw-undo p" });
    expect(host.received.map(([call]) => call)).toEqual(["fix", "fix", "undo", "undo"]);
  });
});

describe("the file", () => {
  const problem = gatewayError("file_invalid", {
    file: "providers.jsonc",
    line: 3,
    column: 9,
    what: "a comma is missing",
  });

  it("opens in the editor from the message about its error, and from the end of the page", async () => {
    const { host } = await shown(view({ problem }));
    fireEvent.click(screen.getByRole("button", { name: "Open file" }));
    fireEvent.click(screen.getByRole("button", { name: "~/.mux/providers.jsonc" }));
    expect(host.received).toEqual([["openFile"], ["openFile"]]);
  });

  it("is only named when the host cannot open it", async () => {
    await shown(view({ problem, canOpenFile: false }));
    expect(screen.queryByRole("button", { name: "Open file" })).toBeNull();
    expect(screen.getByText("~/.mux/providers.jsonc").tagName).toBe("CODE");
  });

  it("is reported when it could not be opened, without an Undo button", async () => {
    const { host } = await shown(view({ undoSteps: 1 }));
    host.refuseNext = gatewayError("file_not_opened", { file: "providers.jsonc" });
    fireEvent.click(screen.getByRole("button", { name: "~/.mux/providers.jsonc" }));
    await screen.findByText(/could not be opened/, { selector: ".cfgw-undo p" });
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  });
});

it("shows an error when the page is not connected to a main process", async () => {
  render(<CloudflareGatewaySection />);
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("not connected");
});

describe("unsaved text", () => {
  it("is reported to the host by provider name until it is discarded or the section unmounts", async () => {
    const told: (readonly string[])[] = [];
    const host = new MemoryGateway(view());
    const { unmount } = render(
      <CloudflareGatewaySection api={host.api} onUnsavedChange={(names) => told.push(names)} />,
    );
    const row = within(await screen.findByRole("listitem", { name: "Anthropic" }));
    fireEvent.click(row.getByRole("button", { name: /^Anthropic\./ }));
    const enter = () => {
      enterAnother(row);
      return row.getByRole("textbox", { name: "Account ID" });
    };
    const field = enter();
    fireEvent.change(field, { target: { value: "a" } });
    fireEvent.change(field, { target: { value: "ab" } });
    expect(told).toEqual([["Anthropic"]]);
    fireEvent.keyDown(field, { key: "Escape" });
    expect(told).toEqual([["Anthropic"], []]);
    fireEvent.change(enter(), { target: { value: "abc" } });
    unmount();
    expect(told.slice(2)).toEqual([["Anthropic"], []]);
  });
});
