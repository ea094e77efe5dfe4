/** The state of a provider's form: what was typed, whether it can be saved, and how it is. */
import { useEffect, useState } from "react";

import type { ProviderView } from "../../../shared/view";
import {
  changeOf,
  fieldsOf,
  inputAgain,
  inputOf,
  problemsOf,
  situationOf,
  typedSince,
  unsentOf,
  type Draft,
  type FieldProblems,
  type Fields,
} from "./gateway-draft";
import { detailsIn, type GatewayField } from "./pasted";
import type { Change, Expecting, TypedChoice, TypedInput } from "../data/change";
import type { KnownGateways } from "../data/queries";
import { hasSegmentField } from "../words/segments";
import { useSharersNow } from "./sharers";
import { changesGateway, leavesGateway, sharedKey, updateOf } from "./shared-gateway";
import type { TokenSituation } from "./token-situation";
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
  /** undefined: untouched; null: the gateway is open. */
  readonly token: TypedChoice | undefined;
  /** Which token it gets while nothing is said about it. */
  readonly situation: TokenSituation;
  /** Whether a typed token went when the form was folded away. */
  readonly tokenForgotten: boolean;
  readonly type: (typed: Pick<Draft, "accountId" | "gatewayName" | "segment">) => void;
  /** A text, or a choice: null for an open gateway, or where main takes the token from. */
  readonly typeToken: (token: string | TypedChoice | undefined) => void;
  /** Fills in the gateway that the environment names, with its token if it has one. */
  readonly takeEnvironment: () => void;
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

/** Whether the others of one gateway are to follow, as somebody said. */
interface Ticked {
  readonly shared: string | null;
  readonly on: boolean;
}

interface Sent {
  readonly change: Change;
  readonly input: TypedInput;
  /** What was typed when it was sent. */
  readonly draft: Draft | null;
}

/** Given the provider as it is after the change, if it is still there. */
export type OnSaved = (saved: ProviderView | undefined) => void;

/** `onRefused` is called when the form is sent with problems in it. */
export function useGatewayForm(
  id: string,
  provider: ProviderView,
  known: KnownGateways,
  send: (change: Change, onSaved: OnSaved, following: readonly Change[]) => void,
  onRefused: () => void,
): GatewayForm {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [insist, setInsist] = useState(false);
  const [ticked, setTicked] = useState<Ticked | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const [tokenForgotten, setTokenForgotten] = useState(false);
  const [nothingEntered, setNothingEntered] = useState(false);
  const sharersNow = useSharersNow(provider);
  const fields = fieldsOf(provider, known, draft);
  // Ticked for those who share one gateway: on another one it says nothing.
  const shared = sharedKey(provider);
  const takesAlong =
    ticked !== null && ticked.shared === shared ? ticked.on : isTokenAlone(provider, fields);
  const takeAlong = (on: boolean) => {
    setTicked({ shared, on });
  };
  const problems = problemsOf(provider, fields, known);
  useUnsaved(provider, draft !== null);

  const type = (typed: Omit<Draft, "seen" | "token">) => {
    setNothingEntered(false);
    setDraft((before) => ({ seen: provider.mark, ...withoutChoice(before, typed), ...typed }));
  };
  const typeToken = (text: string | TypedChoice | undefined) => {
    const token = typeof text === "string" ? new TypedToken(text) : text;
    setTokenForgotten(false);
    setNothingEntered(false);
    setDraft((before) => {
      const { token: _, ...rest } = before ?? { seen: provider.mark };
      if (token !== undefined) return { ...rest, token };
      return Object.keys(rest).length === 1 ? null : rest;
    });
  };
  const typedToken = draft?.token instanceof TypedToken ? draft.token : null;
  useForgetting(typedToken);
  const discard = () => {
    setDraft(null);
    setInsist(false);
    setTokenForgotten(false);
    setTicked(null);
  };
  /** What was typed after it was sent stays. */
  const saved = (was: Draft | null, now: ProviderView | undefined) => {
    setDraft((typed) => unsentOf(typed, was, now?.mark));
    setInsist(false);
    setTokenForgotten(false);
    setTicked(null);
  };
  const fold = () => {
    if (typedToken === null) return;
    typeToken(undefined);
    setTokenForgotten(typedToken.text !== "");
  };
  const post = (input: TypedInput, expecting: Expecting) => {
    // Who changes nothing of the gateway takes nobody along.
    const takes = takesAlong && changesGateway(provider, input) && sharersNow().length > 0;
    const [change, ...following] = takes
      ? updateOf(provider, input)
      : ([changeOf(provider, input, known, expecting)] as const);
    setSent({ change, input, draft });
    send(
      change,
      (now) => {
        saved(draft, now);
      },
      following,
    );
  };
  const save = () => {
    if (provider.route === "gateway" && draft === null) return;
    setInsist(true);
    if (Object.keys(problems).length > 0) {
      onRefused();
      return;
    }
    post(inputOf(provider, fields), { mark: draft?.seen ?? provider.mark });
  };
  return {
    id,
    fields,
    problems,
    insist,
    dirty: draft !== null,
    overtaken: draft !== null && draft.seen !== provider.mark,
    token: draft?.token,
    situation: situationOf(provider, fields, known),
    tokenForgotten,
    type,
    typeToken,
    takeEnvironment: () => {
      const { environmentGateway: environment } = known;
      if (environment === null) return;
      type({ accountId: environment.accountId, gatewayName: environment.gatewayName });
      typeToken(environment.hasToken ? FROM_ENVIRONMENT : undefined);
    },
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
      if (refused !== sent?.change) return false;
      if ([...typedSince(draft, sent.draft)].some((name) => problems[name] !== undefined)) {
        setInsist(true);
        onRefused();
      } else {
        // Folding forgets a token that was sent; taken back, it is not wanted.
        const keepsToken = draft?.token !== undefined || tokenForgotten;
        post(inputAgain(sent.input, sent.draft, draft, keepsToken), "anything");
      }
      return true;
    },
  };
}

/** A token that main takes from elsewhere is of one account: with another one, the choice goes. */
function withoutChoice(before: Draft | null, typed: Pick<Draft, "accountId">): Draft | null {
  const token = before?.token;
  const isElsewhere = token !== undefined && token !== null && !(token instanceof TypedToken);
  if (before === null || typed.accountId === undefined || !isElsewhere) return before;
  const { token: _, ...rest } = before;
  return rest;
}

const FROM_ENVIRONMENT = { from: "environment" } as const;

/** Whether only the token of its gateway is changed, which is then meant for all who use it. */
function isTokenAlone(provider: ProviderView, fields: Fields): boolean {
  return fields.token !== undefined && !leavesGateway(provider, fields);
}

/** Forgets the token as soon as another takes its place, or whoever holds it goes away. */
export function useForgetting(token: TypedToken | null): void {
  useEffect(() => () => token?.forget(), [token]);
}
