/** The state of one provider's card: its switch, its form, its test and what was refused. */
import { useContext, useEffect, useReducer, useId, useState } from "react";

import { assertNever } from "../../../shared/assert-never";
import type { GatewayError } from "../../../shared/errors";
import type { RememberedTest } from "../../../shared/tests";
import type { FixCode, ProviderView } from "../../../shared/view";
import { useComparison, type ComparisonRun } from "../test/comparison-state";
import { useFeedback } from "../ui/feedback";
import { GatewayOpenerContext } from "../ui/gateway-opener";
import {
  useForgetting,
  useGatewayForm,
  type GatewayForm,
  type OnSaved,
} from "../form/gateway-form-state";
import { tokenOf, type Change } from "../data/change";
import { useChange, useFollowingChanges, useKnownGateways } from "../data/queries";
import { leftOutWords, shownRoute, type ShownRoute } from "../words/route-words";
import { planSwitch } from "./switch-plan";
import { useRowOpener } from "../ui/row-openers";
import { useTestRun, type ModelChoice, type TestRun } from "../test/test-run";
import { words } from "../words/words";

export interface CardState {
  /** The id of the row's own button, which takes the focus from what goes away. */
  readonly rowId: string;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  readonly shown: ShownRoute;
  readonly toggle: (on: boolean) => void;
  /** Opens the form at the first field that needs input. */
  readonly edit: () => void;
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
  const { known, latest } = useKnownGateways(open);
  const rowId = useId();
  const formId = useId();
  const askFocus = useFormFocus(formId);
  const gateways = useContext(GatewayOpenerContext);
  const test = useTestRun(provider, last);
  const comparison = useComparison(provider);
  const [typedModel, setModel] = useState<string | null>(null);

  const sendAndTell = async (
    next: Change,
    onSaved?: OnSaved,
    following: readonly Change[] = [],
  ) => {
    const first = isSwitchingOn(next) && latest().gateways.length === 0;
    // Awaited, for of several changes on their way the client tells its callbacks of the last alone.
    const answer = await change.mutateAsync(next);
    if (!answer.success) return;
    const now = answer.data.providers.find(({ id }) => id === provider.id);
    onSaved?.(now);
    const rest = await follow(following);
    const names = (id: string) => answer.data.providers.find((each) => each.id === id)?.name ?? id;
    const note = [
      ...(first ? [words.changed.logged] : []),
      ...leftOutWords(answer.leftOut, names),
      ...(rest.problem === null ? [] : [rest.problem.message]),
    ];
    // A block that is off was changed too, but its provider does not use it.
    const others = answer.data.providers.filter(
      ({ id, route }) => id !== provider.id && route === "gateway" && answer.changed.includes(id),
    ).length;
    changed(sentenceOf(next, provider, now, others), {
      note: note.length === 0 ? null : note.join(" "),
      steps: answer.steps + rest.steps,
    });
  };
  const send = (next: Change, onSaved?: OnSaved, following?: readonly Change[]) => {
    void sendAndTell(next, onSaved, following);
  };
  const showForm = () => {
    setOpen(true);
    askFocus();
  };
  useRowOpener(provider.id, (tab, focus) => {
    const isOfGateway = focus === "accountId" || focus === "gatewayName" || focus === "token";
    // Its gateway's fields are in the gateway's card, where they change for all its providers.
    if (isOfGateway && provider.gateway !== null) gateways.open(provider.gateway, focus);
    else if (tab === "settings") showForm();
    else test.reveal();
  });
  const form = useGatewayForm(formId, provider, known, send, showForm);
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
      if (!next) form.collapse();
    },
    shown: shownRoute(provider, change.isPending ? change.variables : null),
    toggle,
    edit: showForm,
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
  const token = tokenOf(change);
  if (change.call === "enable" && token !== null) {
    return { ...change, input: { ...change.input, token: token.copy() }, expecting: "anything" };
  }
  if (change.call === "route" && token !== null) {
    const gateway = { ...change.input.gateway, token: token.copy() };
    return { ...change, input: { ...change.input, gateway }, expecting: "anything" };
  }
  return "expecting" in change ? { ...change, expecting: "anything" } : change;
}

/** Puts the focus on what has to be filled in, after the form has been drawn. */
function useFormFocus(formId: string): () => void {
  const [asked, askFocus] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (asked === 0) return;
    const form = document.getElementById(formId);
    const inputs = [...(form?.querySelectorAll("input") ?? [])];
    const wanted =
      inputs.find((input) => input.getAttribute("aria-invalid") === "true") ??
      inputs.find((input) => input.value === "" && !input.disabled) ??
      form?.querySelector<HTMLElement>("[data-token] button") ??
      inputs[0] ??
      form?.querySelector("select");
    wanted?.focus();
  }, [asked, formId]);
  return askFocus;
}

function isSwitchingOn({ call }: Change): boolean {
  return call === "enable" || call === "route";
}

/** `others`: how many more were changed with it. */
function sentenceOf(
  change: Change,
  provider: ProviderView,
  now: ProviderView | undefined,
  others: number,
): string {
  const gateway = now?.gateway?.gatewayName ?? "";
  switch (change.call) {
    case "enable":
    case "route":
      return provider.route === "gateway"
        ? words.changed.saved(provider.name, gateway)
        : words.changed.on(provider.name, gateway);
    case "updateGateway":
      return words.changed.followed(provider.name, others, gateway);
    case "disable":
    case "direct":
      return now?.gatewayByHand
        ? words.changed.offByHand(provider.name, now.gatewayByHand.gatewayName)
        : words.changed.off(provider.name);
    case "forget":
    case "remove":
      return words.changed.forgotten(provider.name);
    case "fix":
      return words.changed.fixed(provider.name);
    case "setMirror":
      return change.input.on ? words.mirror.isOn : words.mirror.isOff;
    case "undo":
      return words.undone.sentence([], () => "");
    default:
      return assertNever(change);
  }
}
