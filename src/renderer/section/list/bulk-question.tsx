/** The confirmation before a change of all providers. */
import type { ProviderView } from "../../../shared/view";
import { assertNever } from "../../../shared/assert-never";
import type { ChangeOfAll, RouteAllPlan } from "../gateway/route-all";
import { Question } from "../ui/question";
import { words } from "../words/words";

export type BulkAction = "route" | "direct" | "remove";

interface BulkPlans {
  readonly route: RouteAllPlan | null;
  readonly direct: readonly string[];
  readonly remove: readonly string[];
}

export function BulkQuestion(props: {
  readonly action: BulkAction;
  readonly plans: BulkPlans;
  readonly providers: readonly ProviderView[];
  readonly run: ChangeOfAll;
  readonly onClose: () => void;
}) {
  const { plans, providers, run, onClose } = props;
  const namesOf = (ids: readonly string[]) =>
    providers.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  const answer = (change: () => void) => () => {
    onClose();
    change();
  };
  switch (props.action) {
    case "route": {
      const { route } = plans;
      if (route === null) return null;
      const { length: count } = route.providers;
      return (
        <Question
          title={words.routeAll.title(count, route.gateway.gatewayName)}
          text={words.routeAll.text(namesOf(route.providers))}
          yes={words.routeAll.yes(count)}
          no={words.bulk.cancel}
          onYes={answer(() => run.route(route))}
          onNo={onClose}
        />
      );
    }
    case "direct":
      return (
        <Question
          title={words.bulk.directTitle}
          text={words.bulk.directText(namesOf(plans.direct))}
          yes={words.bulk.direct}
          no={words.bulk.cancel}
          onYes={answer(() => run.direct(plans.direct))}
          onNo={onClose}
        />
      );
    case "remove":
      return (
        <Question
          title={words.bulk.removeTitle}
          text={words.bulk.removeText(namesOf(plans.remove))}
          yes={words.bulk.removeYes}
          no={words.bulk.cancel}
          onYes={answer(() => run.remove(plans.remove))}
          onNo={onClose}
        />
      );
    default:
      return assertNever(props.action);
  }
}
