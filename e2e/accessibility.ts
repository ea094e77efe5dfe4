/** Checks the accessibility rules of axe on a page. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";

interface Scope {
  /** The selector of the part to check; absent: the whole page. */
  readonly part?: string;
  /** The names of the rules to check; absent: all rules. */
  readonly rules?: readonly string[];
}

/** The violated rules, each with its elements. */
export async function violationsOn(
  page: Page,
  { part, rules }: Scope = {},
): Promise<readonly string[]> {
  // Axe's usual mode opens another page, which the app forbids.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (part !== undefined) axe.include(part);
  if (rules !== undefined) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
