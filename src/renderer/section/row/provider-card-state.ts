/** The state of one provider's card: its switch, its form, its test and what was refused. */
import { useEffect, useReducer, useId, useState } from "react";

import { assertNever } from "../../../shared/assert-never";
import type { GatewayError } from "../../../shared/errors";
import type { RememberedTest } from "../../../shared/tests";
import type { FixCode, ProviderView } from "../../../shared/view";
import { useComparison, type ComparisonRun } from "../test/comparison-state";
import { useFeedback } from "../ui/feedback";
import {
  useForgetting,
  useGatewayForm,
  type GatewayForm,
  type OnSaved,
} from "../form/gateway-form-state";
import { tokenOf, type Change } from "../data/change";
import { useChange, useFollowingChanges, useUsual } from "../data/queries";
import { shownRoute, type ShownRoute } from "../words/route-words";
import { planSwitch } from "./switch-plan";
import { useTestRun, type ModelChoice, type TestRun } from "../test/test-run";
import { words } from "../words/words";

export interface CardState {
  /** The id of the row's own button, which takes the focus from what goes away. */
  readonly rowId: string;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  readonly shown: ShownRoute;
  readonly toggle: (on: boolean) => void;
  readonly forget: () => void;
  readonly fix: (fix: FixCode) => void;
  readonly form: GatewayForm;
  readonly test: TestRun;
  readonly comparison: ComparisonRun;
  /** What stands in the field of the model to test with. */
  readonly modelText: string;
  readonly model: ModelChoice;
  readonly setModel: (model: string) => void;
  /** Why the last change was refused, or null. */
  readonly problem: GatewayError | null;
  readonly keepMine: () => void;
  readonly keepFile: () => void;
}

export function useProviderCard(
  provider: ProviderView,
  last: RememberedTest | null,
  lastModel: string | null,
): CardState {
  const { changed } = useFeedback();
  const change = useChange(provider.id);
  const follow = useFollowingChanges();
  const [open, setOpen] = useState(false);
  const { usual, latest } = useUsual(open);
  const rowId = useId();
  const formId = useId();
  const askFocus = useFormFocus(formId);
  const test = useTestRun(provider, last);
  const comparison = useComparison(provider);
  const [typedModel, setModel] = useState<string | null>(null);

  const sendAndTell = async (
    next: Change,
    onSaved?: OnSaved,
    following: readonly Change[] = [],
  ) => {
    const first = next.call === "enable" && latest() === null && provider.gateway === null;
    // Awaited, for of several changes on their way the client tells its callbacks of the last alone.
    const answer = await change.mutateAsync(next);
    if (!answer.success) return;
    const now = answer.data.providers.find(({ id }) => id === provider.id);
    onSaved?.(now);
    if (next.call === "enable" && following.length > 0) {
      await takeAlong(next.input.gatewayName, answer.steps, following);
      return;
    }
    const note = first ? words.changed.logged : null;
    changed(sentenceOf(next, provider, now), { note, steps: answer.steps });
  };
  const send = (next: Change, onSaved?: OnSaved, following?: readonly Change[]) => {
    void sendAndTell(next, onSaved, following);
  };
  const takeAlong = async (gatewayName: string, own: number, following: readonly Change[]) => {
    const { done, steps, problem } = await follow(following);
    const sentence =
      done === 0
        ? words.changed.saved(provider.name, gatewayName)
        : words.changed.followed(provider.name, done, gatewayName);
    changed(sentence, { note: problem?.message ?? null, steps: own + steps });
  };
  const showForm = () => {
    setOpen(true);
    askFocus();
  };
  const form = useGatewayForm(formId, provider, usual, send, showForm);
  const problem = change.data?.success === false ? change.data.error : null;
  const asks = problem?.code === "conflict";
  useForgetting(asks ? tokenOf(change.variables) : null);
  const toggle = (on: boolean) => {
    const plan = planSwitch(provider, latest(), on);
    if (plan.kind === "send") {
      send(plan.change);
    } else {
      showForm();
    }
  };
  const focusRow = () => document.getElementById(rowId)?.focus();
  return {
    rowId,
    open,
    setOpen: (next) => {
      setOpen(next);
      if (!next) form.fold();
    },
    shown: shownRoute(provider, change.isPending ? change.variables : null),
    toggle,
    forget: () => {
      focusRow();
      send({ call: "forget", input: { provider: provider.id }, expecting: "shown" }, form.settled);
    },
    fix: (fix) => {
      focusRow();
      send({ call: "fix", input: { provider: provider.id, fix }, expecting: "shown" });
    },
    form: {
      ...form,
      discard: () => {
        form.discard();
        // There is no longer a version of mine to keep.
        if (asks) change.reset();
      },
    },
    test,
    comparison,
    modelText: typedModel ?? lastModel ?? "",
    model: typedModel === null ? undefined : typedModel.trim() || null,
    setModel,
    problem,
    keepMine: () => {
      focusRow();
      const { variables } = change;
      if (variables === undefined || form.saveAgain(variables)) return;
      send(insisting(variables), variables.call === "forget" ? form.settled : undefined);
    },
    keepFile: () => {
      focusRow();
      change.reset();
      form.discard();
    },
  };
}

/** The same once more, whatever stands in the file. Its token is its own: the refused one's goes with the question. */
function insisting(change: Change): Change {
  if (change.call === "enable" && change.input.token) {
    const input = { ...change.input, token: change.input.token.copy() };
    return { ...change, input, expecting: "anything" };
  }
  return "expecting" in change ? { ...change, expecting: "anything" } : change;
}

/** Puts the focus on what has to be filled in, after the form has been drawn. */
function useFormFocus(formId: string): () => void {
  const [asked, askFocus] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (asked === 0) return;
    const inputs = [...(document.getElementById(formId)?.querySelectorAll("input") ?? [])];
    const wanted =
      inputs.find((input) => input.getAttribute("aria-invalid") === "true") ??
      inputs.find((input) => input.value === "") ??
      inputs[0];
    wanted?.focus();
  }, [asked, formId]);
  return askFocus;
}

function sentenceOf(change: Change, provider: ProviderView, now?: ProviderView): string {
  switch (change.call) {
    case "enable":
      return provider.route === "gateway"
        ? words.changed.saved(provider.name, change.input.gatewayName)
        : words.changed.on(provider.name, change.input.gatewayName);
    case "disable":
      return now?.gatewayByHand
        ? words.changed.offByHand(provider.name, now.gatewayByHand.gatewayName)
        : words.changed.off(provider.name);
    case "forget":
      return words.changed.forgotten(provider.name);
    case "fix":
      return words.changed.fixed(provider.name);
    case "setMirror":
      return change.input.on ? words.mirror.isOn : words.mirror.isOff;
    case "undo":
      return words.changed.undone;
    default:
      return assertNever(change);
  }
}
