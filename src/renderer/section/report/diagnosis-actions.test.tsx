// @vitest-environment happy-dom
import { useState, type ReactNode } from "react";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { afterEach, describe, expect, it } from "vitest";

import type { GatewayApi } from "../../../shared/contract";
import type { Diagnosis, DiagnosisAct } from "../../../shared/report";
import type { ProviderView } from "../../../shared/view";
import { MemoryGateway } from "../../testing/memory-gateway";
import { diagnosis } from "../../testing/sample-reports";
import { provider, view } from "../../testing/sample-views";
import { HostActionsContext, type HostActions } from "../data/host-actions";
import { createGatewayClient, GatewayApiContext } from "../data/queries";
import { DiagnosisActions } from "./diagnosis-actions";

afterEach(cleanup);

const PAGE = { label: "Open the gateway’s logs", url: "https://dash.cloudflare.com/logs" };

const NO_HOST: HostActions = {};

interface Given {
  readonly of?: ProviderView;
  readonly link?: Diagnosis["link"];
  readonly host?: HostActions;
  readonly canOpenFile?: boolean;
  /** Whether the provider has settings. */
  readonly isEditable?: boolean;
  readonly isDirect?: boolean;
}

function Within(props: {
  readonly api: GatewayApi;
  readonly host: HostActions;
  readonly children: ReactNode;
}) {
  const [client] = useState(createGatewayClient);
  return (
    <QueryClientProvider client={client}>
      <GatewayApiContext.Provider value={props.api}>
        <HostActionsContext.Provider value={props.host}>
          {props.children}
        </HostActionsContext.Provider>
      </GatewayApiContext.Provider>
    </QueryClientProvider>
  );
}

/** Renders the buttons, and collects what they do. */
function shown(act: DiagnosisAct | null, given: Given = {}) {
  const { of = provider(), link = null, isEditable = true, isDirect = false } = given;
  const did: string[] = [];
  const gateway = new MemoryGateway(
    view({ providers: [of], canOpenFile: given.canOpenFile ?? true }),
  );
  const openFile = async () => {
    did.push("open the file");
    return gateway.api.openFile();
  };
  const api = { ...gateway.api, openFile };
  const { host = NO_HOST } = given;
  render(
    <Within api={api} host={host}>
      <DiagnosisActions
        diagnosis={{ ...diagnosis("gateway"), act, link }}
        markdown="### Report"
        provider={of}
        {...(isEditable ? { onEdit: (field) => did.push(`edit ${field}`) } : {})}
        onTestAgain={() => did.push("test again")}
        {...(isDirect ? {} : { onTestDirect: () => did.push("test direct") })}
      />
    </Within>,
  );
  return did;
}

function primary(): HTMLElement {
  const buttons = document.querySelectorAll<HTMLElement>(".cfgw-primary");
  expect(buttons).toHaveLength(1);
  const [first] = buttons;
  if (first === undefined) throw new Error("The report has no primary button");
  return first;
}

describe("the primary button of a failed report", () => {
  it.each<[Exclude<DiagnosisAct["kind"], "set_route_priority">, string, string]>([
    ["enter_token", "Enter the token", "edit token"],
    ["edit_account", "Edit the account ID", "edit accountId"],
    ["edit_gateway_name", "Edit the gateway name", "edit gatewayName"],
    ["choose_segment", "Choose the segment", "edit segment"],
    ["choose_model", "Choose another model", "edit model"],
    ["test_direct", "Try without the gateway", "test direct"],
  ])("acts when the diagnosis says %s", (kind, label, effect) => {
    // `test_again` alone has a time.
    const did = shown(kind === "test_again" ? { kind, notBefore: null } : { kind });
    expect(primary().textContent).toBe(label);
    fireEvent.click(primary());
    expect(did).toEqual([effect]);
  });

  it("tests again, and names the time that the other side asked for", () => {
    const did = shown({ kind: "test_again", notBefore: "2026-11-23T07:10:00.000Z" });
    expect(primary().textContent).toMatch(/^Test again after \d+:\d+:\d+/);
    fireEvent.click(primary());
    expect(did).toEqual(["test again"]);
  });

  it("tests again when the route has to be chosen in mux", () => {
    const did = shown({ kind: "set_route_priority", setting: "priority" });
    expect(primary().textContent).toBe("Test again with another route");
    fireEvent.click(primary());
    expect(did).toEqual(["test again"]);
  });

  it("is missing when the report of an unknown response can be copied instead", () => {
    shown({ kind: "copy_report" });
    expect(document.querySelectorAll(".cfgw-primary")).toHaveLength(0);
    expect(screen.getByRole("button", { name: "Copy report" })).not.toBeNull();
  });

  it("is the link when the next step is on a page", () => {
    shown({ kind: "open_page" }, { link: PAGE });
    expect(primary().getAttribute("href")).toBe(PAGE.url);
    expect(screen.getAllByRole("link")).toHaveLength(1);
  });

  it("opens the host's own field when the key was rejected", () => {
    const asked: string[] = [];
    shown({ kind: "check_key" }, { host: { onEditKey: (id) => asked.push(id) } });
    expect(primary().textContent).toBe("Edit the key");
    fireEvent.click(primary());
    expect(asked).toEqual(["anthropic"]);
  });

  it("opens the file when the rejected key is in it", async () => {
    const did = shown({ kind: "check_key" }, { of: provider({ keySource: "file" }) });
    await waitFor(() => expect(primary().textContent).toBe("Open providers.jsonc"));
    fireEvent.click(primary());
    expect(did).toEqual(["open the file"]);
  });

  it.each([
    ["is in the environment", provider({ keySource: "environment" }), true],
    ["is in a file that cannot be opened", provider({ keySource: "file" }), false],
  ])("tests again when the rejected key %s", (_, of, canOpenFile) => {
    const did = shown({ kind: "check_key" }, { of, canOpenFile });
    expect(primary().textContent).toBe("Test again with another key");
    fireEvent.click(primary());
    expect(did).toEqual(["test again"]);
  });

  it("tests again when the provider has no settings to edit", () => {
    const did = shown({ kind: "enter_token" }, { isEditable: false });
    fireEvent.click(primary());
    expect(did).toEqual(["test again"]);
  });

  it("does not promise a fix when there is none, but still tests again", () => {
    const did = shown(null);
    expect(document.querySelector(".cfgw-primary")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Test again" }));
    expect(did).toEqual(["test again"]);
  });
});

describe("the test without the gateway", () => {
  it("is the second choice when another fix is more likely", () => {
    const did = shown({ kind: "enter_token" });
    fireEvent.click(screen.getByRole("button", { name: "Try without the gateway" }));
    expect(did).toEqual(["test direct"]);
  });

  it("is not offered again after a direct test", () => {
    shown({ kind: "enter_token" }, { isDirect: true });
    expect(screen.queryByRole("button", { name: "Try without the gateway" })).toBeNull();
  });
});
