// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import type { GatewayApi } from "../../../shared/contract";
import { success, type Result } from "../../../shared/result";
import type { ProvidersView } from "../../../shared/view";
import { MemoryGateway } from "../../testing/memory-gateway";
import { provider, view } from "../../testing/sample-views";
import { CloudflareGatewaySection } from "../section";

afterEach(cleanup);

const STORE = "one";

/** A view with one provider, named after the version. */
function numbered(number: number, store = STORE): ProvidersView {
  const name = `${store} ${number}`;
  return view({ version: { store, number }, providers: [provider({ id: "p", name })] });
}

/** A host whose responses to `providers` are sent by the test. */
function manualHost() {
  const memory = new MemoryGateway(view());
  const pending: ((response: Result<ProvidersView>) => void)[] = [];
  const providers = () =>
    new Promise<Result<ProvidersView>>((resolve) => void pending.push(resolve));
  const api: GatewayApi = { ...memory.api, providers };
  const respond = (shown: ProvidersView) => act(async () => pending.shift()?.(success(shown)));
  return { memory, api, pending, respond };
}

const names = () => [...document.querySelectorAll(".cfgw-name")].map((each) => each.textContent);

it("never replaces a view with an older one when views arrive out of order", async () => {
  const { memory, api, respond } = manualHost();
  render(<CloudflareGatewaySection api={api} />);
  await respond(numbered(2));
  await waitFor(() => expect(names()).toEqual(["one 2"]));
  act(() => memory.emit(numbered(5)));
  await waitFor(() => expect(names()).toEqual(["one 5"]));
  act(() => memory.emit(numbered(4)));
  expect(names()).toEqual(["one 5"]);
  act(() => memory.emit(numbered(6)));
  await waitFor(() => expect(names()).toEqual(["one 6"]));
});

it("ignores the first response when a newer view was pushed before it", async () => {
  const { memory, api, respond } = manualHost();
  render(<CloudflareGatewaySection api={api} />);
  act(() => memory.emit(numbered(5)));
  await waitFor(() => expect(names()).toEqual(["one 5"]));
  await respond(numbered(4));
  await screen.findByText("one 5");
  expect(names()).toEqual(["one 5"]);
});

it("shows the view of a restarted main process when its version numbers start again", async () => {
  const { memory, api, respond } = manualHost();
  render(<CloudflareGatewaySection api={api} />);
  await respond(numbered(9));
  await waitFor(() => expect(names()).toEqual(["one 9"]));
  act(() => memory.emit(numbered(1, "two")));
  await waitFor(() => expect(names()).toEqual(["two 1"]));
});
