/** The typed text of a gateway's form. */
import { useState } from "react";

import type { GatewayKey, GatewayView } from "../../../shared/gateways";
import type { TypedChoice } from "../data/change";
import { TypedToken } from "../data/typed-token";
import { namesOf, targetOf, type GatewayNameFields } from "../form/gateway-draft";
import { useForgetting } from "../form/gateway-form-state";
import { detailsIn, refusalOf, type GatewayField, type Refusal } from "../form/pasted";
import { gatewayAt, isAsked, type TokenSituation } from "../form/token-situation";
import { useUnsaved } from "../form/unsaved";
import { editProblems, editSituation, type GatewayProblems } from "./gateway-edit";

/** Only typed fields. An absent one shows the start value. */
interface Typed {
  readonly accountId?: string;
  readonly gatewayName?: string;
  readonly host?: string;
  readonly token?: TypedChoice;
  readonly storePrompts?: boolean;
}

export interface GatewayEditor {
  readonly fields: GatewayNameFields;
  readonly target: GatewayKey;
  readonly token: TypedChoice | undefined;
  readonly situation: TokenSituation;
  /** As chosen, else as the file has it; null while the gateway's providers differ. */
  readonly storePrompts: boolean | null;
  /** The choice that is to be saved; undefined where the file has it already. */
  readonly promptsChoice: boolean | undefined;
  readonly problems: GatewayProblems;
  readonly insist: boolean;
  /** Why the last pasted text, or its credential, was not entered. */
  readonly refused: Refusal | null;
  readonly dirty: boolean;
  readonly type: (typed: Partial<GatewayNameFields>) => void;
  /** Takes a listed gateway. One that is open at Cloudflare needs no token. */
  readonly choose: (gateway: GatewayKey, isOpen: boolean) => void;
  readonly typeToken: (token: string | TypedChoice | undefined) => void;
  readonly choosePrompts: (stores: boolean) => void;
  readonly enter: (field: GatewayField, text: string) => boolean;
  /** Returns whether the form can be sent. Shows its problems otherwise. */
  readonly check: () => boolean;
  readonly discard: () => void;
}

/**
 * `original`: the edited gateway, or null for a new one, which starts with `start`. `form` identifies
 * it among the unsaved ones, `name` is shown when the window closes.
 */
export function useGatewayEditor(props: {
  readonly form: string;
  readonly name: string;
  readonly original: GatewayView | null;
  readonly start: GatewayKey;
  readonly startToken?: TypedToken;
  /** Whether the gateway of the start is open at Cloudflare. */
  readonly startsOpen?: boolean;
  readonly gateways: readonly GatewayView[];
}): GatewayEditor {
  const { original, start, gateways } = props;
  const [typed, setTyped] = useState<Typed>(
    props.startToken === undefined ? {} : { token: props.startToken },
  );
  const [insist, setInsist] = useState(false);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const fields = {
    accountId: typed.accountId ?? start.accountId,
    gatewayName: typed.gatewayName ?? start.gatewayName,
    host: typed.host ?? start.host ?? "",
  };
  const target = targetOf(fields);
  const situation = editSituation(original, target, gateways);
  const isStart = typed.accountId === undefined && typed.gatewayName === undefined;
  const opens = props.startsOpen === true && isStart && isAsked(situation);
  const shownToken = typed.token === undefined && opens ? null : typed.token;
  const problems = editProblems({ ...fields, token: shownToken }, situation);
  const inFile = (original ?? gatewayAt(gateways, target) ?? { storePrompts: true }).storePrompts;
  const promptsChoice = typed.storePrompts === inFile ? undefined : typed.storePrompts;
  const dirty = isDirty(typed) || promptsChoice !== undefined;
  useForgetting(typed.token instanceof TypedToken ? typed.token : null);
  useUnsaved({ id: props.form, name: props.name }, dirty);

  const type = (names: Partial<GatewayNameFields>) => {
    setRefused(null);
    setTyped((before) => ({ ...before, ...names }));
  };
  const typeToken = (choice: string | TypedChoice | undefined) => {
    setRefused(null);
    // An empty text is not the untouched field, which is open again.
    const given = choice === undefined && opens ? "" : choice;
    const next = typeof given === "string" ? new TypedToken(given) : given;
    setTyped((before) => {
      const { token: _, ...names } = before;
      return next === undefined ? names : { ...names, token: next };
    });
  };
  const choose = (gateway: GatewayKey, isOpen: boolean) => {
    type(namesOf(gateway));
    if (typed.token instanceof TypedToken && typed.token.text !== "") return;
    const isFree = isOpen && isAsked(editSituation(original, gateway, gateways));
    setTyped((before) => {
      const { token: _, ...names } = before;
      return isFree ? { ...names, token: null } : names;
    });
  };
  return {
    fields,
    target,
    token: shownToken,
    situation,
    storePrompts: typed.storePrompts ?? inFile,
    promptsChoice,
    problems,
    insist,
    refused,
    dirty,
    type,
    choose,
    typeToken,
    choosePrompts: (storePrompts) => {
      setTyped((before) => ({ ...before, storePrompts }));
    },
    enter: (field, text) => {
      const { segment: _, ...pasted } = detailsIn(text, field);
      const { token, ...names } = pasted;
      const found = Object.keys(pasted).length;
      const refusal = refusalOf(text, pasted);
      setRefused(refusal);
      if (found === 1 && { ...names, token, segment: undefined }[field] === text.trim())
        return false;
      if (Object.keys(names).length > 0) type(names);
      if (token !== undefined) typeToken(token);
      // After the fields, which reset it.
      setRefused(refusal);
      return true;
    },
    check: () => {
      setInsist(true);
      return Object.keys(problems).length === 0;
    },
    discard: () => {
      setTyped({});
      setInsist(false);
    },
  };
}

/** An empty token field that was opened to replace a token holds no text to lose. */
function isDirty({ token, ...names }: Typed): boolean {
  const isEmpty = token instanceof TypedToken && token.text === "";
  return Object.keys(names).length > 0 || (token !== undefined && !isEmpty);
}
