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

/** A host whose answers to the question for all providers are given by hand. */
function asked() {
  const memory = new MemoryGateway(view());
  const questions: ((answer: Result<ProvidersView>) => void)[] = [];
  const providers = () =>
    new Promise<Result<ProvidersView>>((resolve) => void questions.push(resolve));
  const api: GatewayApi = { ...memory.api, providers };
  const answer = (shown: ProvidersView) => act(async () => questions.shift()?.(success(shown)));
  return { memory, api, questions, answer };
}

const names = () => [...document.querySelectorAll(".cfgw-name")].map((each) => each.textContent);

it("shows a newer view, and never an older one again, however they overtake each other", async () => {
  const { memory, api, answer } = asked();
  render(<CloudflareGatewaySection api={api} />);
  await answer(numbered(2));
  await waitFor(() => expect(names()).toEqual(["one 2"]));
  act(() => memory.tell(numbered(5)));
  await waitFor(() => expect(names()).toEqual(["one 5"]));
  act(() => memory.tell(numbered(4)));
  expect(names()).toEqual(["one 5"]);
  act(() => memory.tell(numbered(6)));
  await waitFor(() => expect(names()).toEqual(["one 6"]));
});

it("a first answer that comes after the news of a change does not take its place", async () => {
  const { memory, api, answer } = asked();
  render(<CloudflareGatewaySection api={api} />);
  act(() => memory.tell(numbered(5)));
  await waitFor(() => expect(names()).toEqual(["one 5"]));
  await answer(numbered(4));
  await screen.findByText("one 5");
  expect(names()).toEqual(["one 5"]);
});

it("shows what a main process that was started anew says, though it counts from one again", async () => {
  const { memory, api, answer } = asked();
  render(<CloudflareGatewaySection api={api} />);
  await answer(numbered(9));
  await waitFor(() => expect(names()).toEqual(["one 9"]));
  act(() => memory.tell(numbered(1, "two")));
  await waitFor(() => expect(names()).toEqual(["two 1"]));
});
