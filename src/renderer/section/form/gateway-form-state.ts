/** The state of a provider's form: the typed text, its problems, and how it is saved. */
import { useEffect, useState } from "react";

import type { GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { changesOf, inputAgain, inputOf } from "./form-changes";
import {
  fieldsOf,
  namesOf,
  problemsOf,
  situationOf,
  typedSince,
  unsentOf,
  type Draft,
  type FieldProblems,
  type Fields,
} from "./gateway-draft";
import { detailsIn, refusalOf, type GatewayField, type Refusal } from "./pasted";
import type { Change, Expecting, TypedChoice, TypedInput } from "../data/change";
import { NO_GATEWAYS, type KnownGateways } from "../data/queries";
import { hasSegmentField } from "../words/segments";
import { chosenGateway, type GatewayChoice } from "./gateway-choice";
import { isAsked, type TokenSituation } from "./token-situation";
import { TypedToken } from "../data/typed-token";
import { useUnsaved } from "./unsaved";

export interface GatewayForm {
  /** The form element's id, for buttons outside it. */
  readonly id: string;
  readonly fields: Fields;
  readonly problems: FieldProblems;
  /** Shows the problems immediately, because the user has submitted the form. */
  readonly insist: boolean;
  readonly dirty: boolean;
  /** Whether the block changed in the file after typing began. */
  readonly overtaken: boolean;
  /** undefined: untouched; null: the gateway is open. */
  readonly token: TypedChoice | undefined;
  /** Which token it gets while the token field is untouched. */
  readonly situation: TokenSituation;
  /** Whether a typed token was erased when the row was collapsed. */
  readonly tokenForgotten: boolean;
  readonly type: (typed: Pick<Draft, "accountId" | "gatewayName" | "host" | "segment">) => void;
  /** A text, or a choice: null for an open gateway, or where main takes the token from. */
  readonly typeToken: (token: string | TypedChoice | undefined) => void;
  /** The known gateway that the form names; null while the user enters another one. */
  readonly chosen: GatewayChoice | null;
  /** Chooses a known gateway with its token; null: another one, which has to be entered. */
  readonly choose: (choice: GatewayChoice | null) => void;
  /** Takes a gateway of the connected account. One that is open at Cloudflare needs no token. */
  readonly chooseListed: (gateway: GatewayKey, isOpen: boolean) => void;
  /**
   * Enters the details of a text that was pasted, dropped or typed into a field; false when the text
   * is a plain value, which the field itself can take.
   */
  readonly enter: (field: GatewayField, text: string) => boolean;
  /** Why the last pasted text, or its credential, was not entered. */
  readonly refused: Refusal | null;
  readonly discard: () => void;
  /**
   * The block was removed, and the current text with it. Later text stays. Until the row closes, the form
   * offers no other gateway, so that it is not mistaken for the removed one.
   */
  readonly settled: OnSaved;
  /** Erases the typed token, because the form is no longer on screen. The other text stays. */
  readonly collapse: () => void;
  readonly save: () => void;
  /**
   * Sends a refused change of this form again, whatever the file says, with the text typed since.
   * Returns false for any other change.
   */
  readonly saveAgain: (refused: Change) => boolean;
}

interface Sent {
  readonly change: Change;
  readonly input: TypedInput;
  /** The typed values when the form was sent. */
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
  const [entersAnother, enterAnother] = useState(false);
  const [sent, setSent] = useState<Sent | null>(null);
  const [tokenForgotten, setTokenForgotten] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [emptied, setEmptied] = useState(false);
  const isEmptied = emptied && provider.gateway === null;
  const fields = fieldsOf(provider, isEmptied ? NO_GATEWAYS : known, draft);
  const chosen = entersAnother ? null : chosenGateway(fields, known);
  const problems = problemsOf(provider, fields, known);
  useUnsaved(provider, draft !== null);

  const type = (typed: Omit<Draft, "seen" | "token">) => {
    setRefusal(null);
    setDraft((before) => ({ seen: provider.mark, ...withoutChoice(before, typed), ...typed }));
  };
  const typeToken = (text: string | TypedChoice | undefined) => {
    const token = typeof text === "string" ? new TypedToken(text) : text;
    setTokenForgotten(false);
    setRefusal(null);
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
    enterAnother(false);
  };
  /** Text that was typed after it was sent stays. */
  const saved = (was: Draft | null, now: ProviderView | undefined) => {
    setDraft((typed) => unsentOf(typed, was, now?.mark));
    setInsist(false);
    setTokenForgotten(false);
    enterAnother(false);
  };
  const collapse = () => {
    setEmptied(false);
    if (typedToken === null) return;
    typeToken(undefined);
    setTokenForgotten(typedToken.text !== "");
  };
  const post = (input: TypedInput, expecting: Expecting) => {
    const [change, ...following] = changesOf(provider, input, known, expecting);
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
    chosen,
    choose: (choice) => {
      enterAnother(choice === null);
      // The fields start with the current gateway, because only its name may differ.
      if (choice === null) return;
      type(namesOf(choice.key));
      typeToken(choice.kind === "environment" && choice.hasToken ? FROM_ENVIRONMENT : undefined);
    },
    chooseListed: (gateway, isOpen) => {
      const names = namesOf(gateway);
      type(names);
      if (typedToken !== null && typedToken.text !== "") return;
      const isFree = isOpen && isAsked(situationOf(provider, { ...fields, ...names }, known));
      typeToken(isFree ? null : undefined);
    },
    enter: (field, text) => {
      const pasted = detailsIn(text, field);
      const { token, segment, ...names } = pasted;
      const found = { ...names, ...(segment === undefined ? {} : { segment }) };
      const isPlain = { ...found, token }[field] === text.trim();
      const why = refusalOf(text, pasted);
      setRefusal(why);
      if (isPlain && Object.keys(found).length + (token === undefined ? 0 : 1) === 1) return false;
      // A segment that has no field could not be seen before it is saved.
      const shown = hasSegmentField(provider) ? found : names;
      if (Object.keys(shown).length > 0) type(shown);
      if (token !== undefined) typeToken(token);
      // After the fields, which reset it.
      setRefusal(why);
      return true;
    },
    refused: refusal,
    discard,
    settled: (now) => {
      saved(draft, now);
      setEmptied(true);
    },
    collapse,
    save,
    saveAgain: (refused) => {
      if (refused !== sent?.change) return false;
      if ([...typedSince(draft, sent.draft)].some((name) => problems[name] !== undefined)) {
        setInsist(true);
        onRefused();
      } else {
        // Collapsing the row erases the typed token, but not the one that was sent.
        const keepsToken = draft?.token !== undefined || tokenForgotten;
        post(inputAgain(sent.input, sent.draft, draft, keepsToken), "anything");
      }
      return true;
    },
  };
}

/** A token that main takes from elsewhere belongs to one account and host, so others remove it. */
function withoutChoice(
  before: Draft | null,
  typed: Pick<Draft, "accountId" | "host">,
): Draft | null {
  const token = before?.token;
  const isElsewhere = token !== undefined && token !== null && !(token instanceof TypedToken);
  const namesOther = typed.accountId !== undefined || typed.host !== undefined;
  if (before === null || !namesOther || !isElsewhere) return before;
  const { token: _, ...rest } = before;
  return rest;
}

const FROM_ENVIRONMENT = { from: "environment" } as const;

/** Erases the token when another replaces it, or when the component unmounts. */
export function useForgetting(token: TypedToken | null): void {
  useEffect(() => () => token?.forget(), [token]);
}
