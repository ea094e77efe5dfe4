// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { gatewayError } from "../../../shared/errors";
import { block } from "../../testing/sample-views";
import { ChangeProblem } from "./change-problem";

afterEach(cleanup);

it("names every difference of the two versions in a conflict", () => {
  const conflict = { yours: block({ storePrompts: false }), file: block({ hasToken: true }) };
  const error = { ...gatewayError("conflict", { provider: "anthropic" }), conflict };
  render(<ChangeProblem error={error} onKeepMine={() => undefined} onKeepFile={() => undefined} />);
  const versions = screen.getAllByRole("definition").map(({ textContent }) => textContent);
  expect(versions[0]).toMatch(/^my-gateway in account .*, without prompts in the log$/);
  expect(versions[1]).toMatch(/^my-gateway in account .*, with a token$/);
});
