/** The state of one provider's card: its route, its form, its test and what was refused. */
import { useContext, useEffect, useId, useRef, useState } from "react";

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
import { useRowOpener, type RowField, type RowTab } from "../ui/row-openers";
import { useTestRun, type ModelChoice, type TestRun } from "../test/test-run";
import { changeSentence } from "./change-sentence";
import type { RouteActions } from "./route-chip";
import { useRowOpening, type RowOpening } from "./row-opening";
import { planGateway, planSwitch } from "./switch-plan";
import { words } from "../words/words";

export interface CardState {
  /** The id of the row's button, which gets the focus when the focused element disappears. */
  readonly rowId: string;
  readonly opening: RowOpening;
  readonly shown: ShownRoute;
  readonly toggle: (on: boolean) => void;
  readonly routeActions: RouteActions;
  /** Shows a field of the settings, or of the provider's gateway, with the focus. */
  readonly editField: (field: RowField) => void;
  readonly forget: () => void;
  readonly fix: (fix: FixCode) => void;
  readonly form: GatewayForm;
  readonly test: TestRun;
  readonly comparison: ComparisonRun;
  /** The text in the field of the model to test with. */
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
  const opening = useRowOpening(provider.id);
  const isOpen = opening.tab !== null;
  const { known, latest } = useKnownGateways(isOpen);
  const rowId = useId();
  const formId = useId();
  const gateways = useContext(GatewayOpenerContext);
  const run = useTestRun(provider, last);
  const test: TestRun = {
    ...run,
    start: (...choice) => {
      opening.open("test");
      run.start(...choice);
    },
  };
  const comparison = useComparison(provider);
  const [typedModel, setModel] = useState<string | null>(null);

  const sendAndTell = async (
    next: Change,
    onSaved?: OnSaved,
    following: readonly Change[] = [],
  ) => {
    const first = isSwitchingOn(next) && latest().gateways.length === 0;
    // Awaited, because of several running changes, the client calls only the last one's callbacks.
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
    changed(changeSentence(next, provider, now, others), {
      note: note.length === 0 ? null : note.join(" "),
      steps: answer.steps + rest.steps,
    });
  };
  const send = (next: Change, onSaved?: OnSaved, following?: readonly Change[]) => {
    void sendAndTell(next, onSaved, following);
  };
  const showForm = () => opening.openAt("settings");
  const openAt = (tab: RowTab, field?: RowField) => {
    const isOfGateway = field === "accountId" || field === "gatewayName" || field === "token";
    // Its gateway's fields are in the gateway's card, where they change for all its providers.
    if (isOfGateway && provider.gateway !== null) gateways.open(provider.gateway, field);
    else opening.openAt(tab, field);
  };
  useRowOpener(provider.id, openAt);
  const form = useGatewayForm(formId, provider, known, send, showForm);
  useOnClosing(isOpen, () => {
    // Typed text stays when another row takes the place beside the list.
    if (!opening.isReplaced()) form.collapse();
  });
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
    opening,
    shown: shownRoute(provider, change.isPending ? change.variables : null),
    toggle,
    editField: (field) => openAt("settings", field),
    routeActions: {
      latest,
      chooseGateway: (choice) => {
        const plan = planGateway(provider, latest(), choice);
        if (plan.kind === "send") {
          send(plan.change);
        } else {
          form.choose(choice);
          showForm();
        }
      },
      goDirect: () => {
        if (provider.route === "gateway") toggle(false);
      },
      addGateway: () => gateways.open(null),
    },
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

/** The same change, whatever the file says. With a copy of the token, because the refused one is erased. */
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

/** Calls `close` when the row closes. */
function useOnClosing(isOpen: boolean, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    if (!isOpen) latest.current();
  }, [isOpen]);
}

function isSwitchingOn({ call }: Change): boolean {
  return call === "enable" || call === "route";
}
