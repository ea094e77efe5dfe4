/** Removes all gateways from the file, after one question. */
import { useState } from "react";

import type { ProviderView } from "../../../shared/view";
import { Question } from "../ui/question";
import { planRemove, type ChangeOfAll } from "../gateway/route-all";
import { words } from "../words/words";

export function BulkActions(props: {
  readonly providers: readonly ProviderView[];
  readonly run: ChangeOfAll;
}) {
  const { providers, run } = props;
  const [asked, ask] = useState<"remove" | null>(null);
  const remove = planRemove(providers);
  const onNo = () => ask(null);
  if (remove.length === 0 && asked === null) return null;
  return (
    <div className="cfgw-actions cfgw-bulk">
      <button type="button" className="cfgw-text-button" onClick={() => ask("remove")}>
        {words.bulk.remove}
      </button>
      {asked === "remove" ? (
        <Question
          title={words.bulk.removeTitle}
          text={words.bulk.removeText(namesOf(remove, providers))}
          yes={words.bulk.removeYes}
          no={words.bulk.cancel}
          onYes={() => {
            ask(null);
            run.remove(remove);
          }}
          onNo={onNo}
        />
      ) : null}
    </div>
  );
}

function namesOf(ids: readonly string[], providers: readonly ProviderView[]): readonly string[] {
  return providers.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
}
