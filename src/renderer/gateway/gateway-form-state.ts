/** The state of a provider's form: what was typed, whether it can be saved, and how it is. */
import { useState } from "react";

import type { ProviderView, ProvidersView } from "../../shared/view";
import {
  enableInputOf,
  fieldsOf,
  partsOfAddress,
  problemsOf,
  type Draft,
  type FieldProblems,
  type Fields,
} from "./gateway-draft";
import type { Change } from "./queries";
import { followChanges, leavesGateway } from "./shared-gateway";

export interface GatewayForm {
  /** The form element's id, for buttons that stand outside it. */
  readonly id: string;
  readonly fields: Fields;
  readonly problems: FieldProblems;
  /** Problems are shown at once, since the form was sent with them. */
  readonly insist: boolean;
  readonly dirty: boolean;
  /** Whether the block changed in the file after typing began. */
  readonly overtaken: boolean;
  /** undefined: untouched; null: to be removed. */
  readonly token: string | null | undefined;
  readonly type: (typed: Pick<Draft, "accountId" | "gatewayName" | "segment">) => void;
  readonly typeToken: (token: string | null | undefined) => void;
  /** Takes a pasted address apart; false when the text is none. */
  readonly paste: (text: string) => boolean;
  /** Ids of the providers that share its gateway and are to get the same. */
  readonly others: readonly string[];
  readonly takeAlong: (others: readonly string[]) => void;
  readonly discard: () => void;
  readonly save: () => void;
}

/** `onRefused` is called when the form is sent with problems in it. */
export function useGatewayForm(
  id: string,
  provider: ProviderView,
  usual: ProvidersView["usual"],
  send: (change: Change, onSaved: () => void, following: readonly Change[]) => void,
  onRefused: () => void,
): GatewayForm {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [insist, setInsist] = useState(false);
  const [others, takeAlong] = useState<readonly string[]>([]);
  const fields = fieldsOf(provider, usual, draft);
  const problems = problemsOf(provider, fields);

  const type = (typed: Omit<Draft, "seen" | "token">) => {
    setDraft((before) => ({ seen: provider.mark, ...before, ...typed }));
  };
  const typeToken = (token: string | null | undefined) => {
    setDraft((before) => {
      const { token: _, ...rest } = before ?? { seen: provider.mark };
      if (token !== undefined) return { ...rest, token };
      return Object.keys(rest).length === 1 ? null : rest;
    });
  };
  const discard = () => {
    setDraft(null);
    setInsist(false);
    takeAlong([]);
  };
  const save = () => {
    if (provider.route === "gateway" && draft === null) return;
    setInsist(true);
    if (Object.keys(problems).length > 0) {
      onRefused();
      return;
    }
    const expecting = { mark: draft?.seen ?? provider.mark };
    const change = { call: "enable", input: enableInputOf(provider, fields), expecting } as const;
    // Who no longer leaves the gateway takes nobody along.
    const following = leavesGateway(provider, fields) ? followChanges(fields, others) : [];
    send(change, discard, following);
  };
  return {
    id,
    fields,
    problems,
    insist,
    dirty: draft !== null,
    overtaken: draft !== null && draft.seen !== provider.mark,
    token: draft?.token,
    type,
    typeToken,
    paste: (text) => {
      const parts = partsOfAddress(text);
      if (parts) type(parts);
      return parts !== null;
    },
    others,
    takeAlong,
    discard,
    save,
  };
}
