/** The state of a provider's form: what was typed, whether it can be saved, and how it is. */
import { useEffect, useState } from "react";

import type { ProviderView, ProvidersView } from "../../../shared/view";
import {
  enableInputOf,
  fieldsOf,
  inputAgain,
  problemsOf,
  typedSince,
  unsentOf,
  type Draft,
  type FieldProblems,
  type Fields,
} from "./gateway-draft";
import { detailsIn, type GatewayField } from "./pasted";
import type { Change, Expecting, TypedInput } from "../data/change";
import { hasSegmentField } from "../words/segments";
import { useSharersNow } from "./sharers";
import { followChanges, leavesGateway, sharedKey } from "./shared-gateway";
import { TypedToken } from "../data/typed-token";
import { useUnsaved } from "./unsaved";

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
  readonly token: TypedToken | null | undefined;
  /** Whether a typed token went when the form was folded away. */
  readonly tokenForgotten: boolean;
  readonly type: (typed: Pick<Draft, "accountId" | "gatewayName" | "segment">) => void;
  readonly typeToken: (token: string | null | undefined) => void;
  /**
   * Enters the details of a text that was pasted, dropped or typed into a field; false when the text
   * is a plain value, which the field itself can take.
   */
  readonly enter: (field: GatewayField, text: string) => boolean;
  /** Whether the last pasted text held no details, so that nothing was entered. */
  readonly nothingEntered: boolean;
  /** Whether those that share its gateway when it is saved get the same. */
  readonly takesAlong: boolean;
  readonly takeAlong: (on: boolean) => void;
  readonly discard: () => void;
  /** What stands in it now is in the file, or gone with the block; what is typed from now on stays. */
  readonly settled: OnSaved;
  /** The form is no longer on screen: what is secret in it goes, the rest stays. */
  readonly fold: () => void;
  readonly save: () => void;
  /**
   * Sends a change of its own that was refused once more, whatever stands in the file, with what was
   * typed since; false when it was none of its own.
   */
  readonly saveAgain: (refused: Change) => boolean;
}

interface Sent {
  readonly change: Change;
  /** What was typed when it was sent. */
  readonly draft: Draft | null;
}

/** Given the provider as it is after the change, if it is still there. */
export type OnSaved = (saved: ProviderView | undefined) => void;

/** `onRefused` is called when the form is sent with problems in it. */
export function useGatewayForm(
  id: string,
  provider: ProviderView,
  usual: ProvidersView["usual"],
  send: (change: Change, onSaved: OnSaved, following: readonly Change[]) => void,
  onRefused: () => void,
): GatewayForm {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [insist, setInsist] = useState(false);
  const [ticked, setTicked] = useState<string | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const [tokenForgotten, setTokenForgotten] = useState(false);
  const [nothingEntered, setNothingEntered] = useState(false);
  const sharersNow = useSharersNow(provider);
  const fields = fieldsOf(provider, usual, draft);
  // Ticked for those who share one gateway: on another one it says nothing.
  const shared = sharedKey(provider);
  const takesAlong = ticked !== null && ticked === shared;
  const takeAlong = (on: boolean) => {
    setTicked(on ? shared : null);
  };
  const problems = problemsOf(provider, fields);
  useUnsaved(provider, draft !== null);

  const type = (typed: Omit<Draft, "seen" | "token">) => {
    setNothingEntered(false);
    setDraft((before) => ({ seen: provider.mark, ...before, ...typed }));
  };
  const typeToken = (text: string | null | undefined) => {
    const token = typeof text === "string" ? new TypedToken(text) : text;
    setTokenForgotten(false);
    setNothingEntered(false);
    setDraft((before) => {
      const { token: _, ...rest } = before ?? { seen: provider.mark };
      if (token !== undefined) return { ...rest, token };
      return Object.keys(rest).length === 1 ? null : rest;
    });
  };
  useForgetting(draft?.token ?? null);
  const discard = () => {
    setDraft(null);
    setInsist(false);
    setTokenForgotten(false);
    takeAlong(false);
  };
  /** What was typed after it was sent stays. */
  const saved = (was: Draft | null, now: ProviderView | undefined) => {
    setDraft((typed) => unsentOf(typed, was, now?.mark));
    setInsist(false);
    setTokenForgotten(false);
    takeAlong(false);
  };
  const fold = () => {
    if (!draft?.token) return;
    typeToken(undefined);
    setTokenForgotten(draft.token.text !== "");
  };
  const post = (input: TypedInput, expecting: Expecting) => {
    const change: Change = { call: "enable", input, expecting };
    // Who no longer leaves the gateway takes nobody along.
    const takes = takesAlong && leavesGateway(provider, input);
    setSent({ change, draft });
    send(
      change,
      (now) => {
        saved(draft, now);
      },
      takes ? followChanges(input, sharersNow()) : [],
    );
  };
  const save = () => {
    if (provider.route === "gateway" && draft === null) return;
    setInsist(true);
    if (Object.keys(problems).length > 0) {
      onRefused();
      return;
    }
    post(enableInputOf(provider, fields), { mark: draft?.seen ?? provider.mark });
  };
  return {
    id,
    fields,
    problems,
    insist,
    dirty: draft !== null,
    overtaken: draft !== null && draft.seen !== provider.mark,
    token: draft?.token,
    tokenForgotten,
    type,
    typeToken,
    enter: (field, text) => {
      const { token, segment, ...names } = detailsIn(text, field);
      const found = { ...names, ...(segment === undefined ? {} : { segment }) };
      const isPlain = { ...found, token }[field] === text.trim();
      setNothingEntered(Object.keys(found).length === 0 && token === undefined);
      if (isPlain && Object.keys(found).length + (token === undefined ? 0 : 1) === 1) return false;
      // A segment that has no field could not be seen before it is saved.
      const shown = hasSegmentField(provider) ? found : names;
      if (Object.keys(shown).length > 0) type(shown);
      if (token !== undefined) typeToken(token);
      return true;
    },
    nothingEntered,
    takesAlong,
    takeAlong,
    discard,
    settled: (now) => {
      saved(draft, now);
    },
    fold,
    save,
    saveAgain: (refused) => {
      if (refused.call !== "enable" || refused !== sent?.change) return false;
      if ([...typedSince(draft, sent.draft)].some((name) => problems[name] !== undefined)) {
        setInsist(true);
        onRefused();
      } else {
        // Folding forgets a token that was sent; taken back, it is not wanted.
        const keepsToken = draft?.token !== undefined || tokenForgotten;
        post(inputAgain(refused.input, sent.draft, draft, keepsToken), "anything");
      }
      return true;
    },
  };
}

/** Forgets the token as soon as another takes its place, or whoever holds it goes away. */
export function useForgetting(token: TypedToken | null): void {
  useEffect(() => () => token?.forget(), [token]);
}
