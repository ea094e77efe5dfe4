/** Applies fixes to several providers, with one Undo for all of them. */
import type { GatewayError } from "../../../shared/errors";
import type { FixCode } from "../../../shared/view";
import { useFollowingChanges } from "../data/queries";
import { useFeedback } from "../ui/feedback";

export interface ProviderFix {
  readonly provider: string;
  readonly name: string;
  readonly fix: FixCode;
}

/**
 * Returns a function that applies the fixes in order and announces those that were applied. It
 * resolves with the first refusal, or null.
 */
export function useFixes(): (
  fixes: readonly ProviderFix[],
  sentence: (names: readonly string[]) => string,
) => Promise<GatewayError | null> {
  const { changed } = useFeedback();
  const follow = useFollowingChanges();
  return async (fixes, sentence) => {
    const { done, steps, problem } = await follow(
      fixes.map(({ provider, fix }) => ({
        call: "fix",
        input: { provider, fix },
        expecting: "shown",
      })),
    );
    const names = fixes.slice(0, done).map(({ name }) => name);
    if (names.length > 0) changed(sentence(names), { steps });
    return problem;
  };
}
