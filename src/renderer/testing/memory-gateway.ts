/** An in-memory `GatewayApi` for tests and the gallery. */
import type { EnableInput, GatewayApi, ProviderInput, TestInput } from "../../shared/contract";
import { isSameGateway, type Undone, type UpdateGatewayInput } from "../../shared/gateways";
import { failure, gatewayError, type Failure, type GatewayError } from "../../shared/errors";
import type { TestReport } from "../../shared/report";
import { success, type Result } from "../../shared/result";
import type { Changed, ProvidersView, ProviderView } from "../../shared/view";
import { NO_ACCOUNT } from "./memory-account";
import { summary } from "./sample-views";

export class MemoryGateway {
  readonly received: (readonly [call: string, input?: object])[] = [];
  readonly #listeners = new Set<(view: ProvidersView) => void>();
  readonly #undoStack: { readonly view: ProvidersView; readonly made: Undone }[] = [];
  #view: ProvidersView;
  #heldChanges: (() => void)[] = [];
  #held = false;
  #resolveTest: ((result: Result<TestReport>) => void) | null = null;

  constructor(view: ProvidersView) {
    this.#view = view;
  }

  /** How many listeners there are. */
  get listening(): number {
    return this.#listeners.size;
  }

  /** Holds changes back until the returned function is called. */
  hold(): () => void {
    this.#held = true;
    return () => {
      this.#held = false;
      for (const release of this.#heldChanges.splice(0)) release();
    };
  }

  /** Simulates a change of the file by another program. */
  changeOutside(view: ProvidersView): void {
    const { store, number } = this.#view.version;
    this.#view = { ...view, version: { store, number: number + 1 } };
    this.emit(this.#view);
  }

  emit(view: ProvidersView): void {
    for (const listener of this.#listeners) listener(view);
  }

  finishTest(result: Result<TestReport>): void {
    this.#resolveTest?.(result);
  }

  refuseNext: GatewayError | null = null;

  readonly api: GatewayApi = {
    ...NO_ACCOUNT,
    providers: () => Promise.resolve(success(this.#view)),
    enable: (input) => this.#change("enable", input, (before) => enabled(before, input)),
    disable: (input) =>
      this.#change("disable", input, (before) => ({ ...before, route: "direct" })),
    forget: (input) =>
      this.#change("forget", input, (before) => ({ ...before, route: "direct", gateway: null })),
    route: (input) =>
      this.#changeMany("route", input, input.providers, (before, { segment }) =>
        enabled(before, {
          accountId: input.gateway.accountId,
          gatewayName: input.gateway.gatewayName,
          host: input.gateway.host ?? null,
          provider: before.id,
          // Without a token in the input, assumes that one is stored.
          token: input.gateway.token === null ? null : "stored",
          ...(segment === undefined ? {} : { segment }),
        }),
      ),
    direct: (input) =>
      this.#changeMany("direct", input, input.providers, (before) => ({
        ...before,
        route: "direct",
      })),
    remove: (input) =>
      this.#changeMany("remove", input, input.providers, (before) => ({
        ...before,
        route: "direct",
        gateway: null,
      })),
    updateGateway: (input) =>
      this.#changeMany("updateGateway", input, this.#usersOf(input), (before) =>
        updated(before, input),
      ),
    confirmDomain: (input) => {
      this.received.push(["confirmDomain", input]);
      const gateways = this.#view.gateways.map((each) =>
        isSameGateway(each, input) ? { ...each, isConfirmed: true } : each,
      );
      this.#undoStack.push({ view: this.#view, made: { action: "confirmDomain", providers: [] } });
      this.changeOutside({ ...this.#view, gateways, undoSteps: this.#undoStack.length });
      return Promise.resolve(success({ ...this.#view, made: 1 }));
    },
    fix: (input) => this.#change("fix", input, (before) => ({ ...before, notices: [] })),
    setMirror: (input) => {
      this.received.push(["setMirror", input]);
      this.changeOutside({ ...this.#view, mirror: { on: input.on, canChange: true } });
      return Promise.resolve(success(this.#view));
    },
    undo: async () => {
      this.received.push(["undo"]);
      const before = this.#undoStack.pop();
      if (before === undefined) return failure("undo_nothing");
      this.changeOutside(before.view);
      return success({ ...this.#view, undone: before.made });
    },
    openFile: () => {
      this.received.push(["openFile"]);
      const { refuseNext } = this;
      return Promise.resolve(refuseNext === null ? success(null) : this.#refusal(refuseNext));
    },
    test: (input: TestInput) => {
      this.received.push(["test", input]);
      return new Promise((resolve) => {
        this.#resolveTest = resolve;
      });
    },
    stopTest: (input) => {
      this.received.push(["stopTest", input]);
      this.finishTest(failure("cancelled"));
      return Promise.resolve(success(null));
    },
    tests: () => Promise.resolve(success({ tests: [], muxTests: [], directTests: [], models: [] })),
    onChange: (listener) => {
      this.#listeners.add(listener);
      return () => {
        this.#listeners.delete(listener);
      };
    },
  };

  async #change(
    call: Undone["action"],
    input: ProviderInput,
    change: (before: ProviderView) => ProviderView,
  ): Promise<Result<ProvidersView>> {
    this.received.push([call, input]);
    if (this.#held) await new Promise<void>((resolve) => this.#heldChanges.push(resolve));
    if (this.refuseNext !== null) return this.#refusal(this.refuseNext);
    const shown = this.#view.providers.find((each) => each.id === input.provider);
    if (input.seen !== undefined && input.seen !== shown?.mark) {
      return this.#refusal(gatewayError("conflict", { provider: input.provider }));
    }
    this.#undoStack.push({ view: this.#view, made: { action: call, providers: [input.provider] } });
    const providers = this.#view.providers.map((each) =>
      each.id === input.provider ? { ...change(each), mark: `${each.mark}+` } : each,
    );
    const undoSteps = this.#undoStack.length;
    this.changeOutside({ ...this.#view, ...summary(providers), undoSteps, providers });
    return success({ ...this.#view, made: 1 });
  }

  #usersOf({ gateway }: UpdateGatewayInput): readonly ProviderInput[] {
    return this.#view.providers
      .filter(({ gateway: block }) => block !== null && isSameGateway(block, gateway))
      .map(({ id }) => ({ provider: id }));
  }

  /** Changes several providers at once, and leaves out those whose `seen` mark is outdated. */
  async #changeMany<Input extends ProviderInput>(
    call: Undone["action"],
    input: object,
    inputs: readonly Input[],
    change: (before: ProviderView, input: Input) => ProviderView,
  ): Promise<Result<Changed>> {
    this.received.push([call, input]);
    if (this.#held) await new Promise<void>((resolve) => this.#heldChanges.push(resolve));
    if (this.refuseNext !== null) return this.#refusal(this.refuseNext);
    const inputOf = new Map(inputs.map((each) => [each.provider, each]));
    const isOutdated = ({ id, mark }: ProviderView) => (inputOf.get(id)?.seen ?? mark) !== mark;
    const leftOut = this.#view.providers.filter(isOutdated).map(({ id }) => {
      return { provider: id, error: gatewayError("conflict", { provider: id }) };
    });
    const changed = this.#view.providers.filter(
      (each) => inputOf.has(each.id) && !isOutdated(each),
    );
    if (changed.length === 0) return success({ view: this.#view, steps: 0, changed: [], leftOut });
    const ids = changed.map(({ id }) => id);
    this.#undoStack.push({ view: this.#view, made: { action: call, providers: ids } });
    const providers = this.#view.providers.map((each) => {
      const its = inputOf.get(each.id);
      return its && ids.includes(each.id) ? { ...change(each, its), mark: `${each.mark}+` } : each;
    });
    const undoSteps = this.#undoStack.length;
    this.changeOutside({ ...this.#view, ...summary(providers), undoSteps, providers });
    return success({ view: { ...this.#view, made: 1 }, steps: 1, changed: ids, leftOut });
  }

  #refusal(error: GatewayError): Failure {
    this.refuseNext = null;
    return { success: false, error };
  }
}

function enabled(before: ProviderView, input: EnableInput): ProviderView {
  const { accountId, gatewayName, segment, token } = input;
  const host = input.host === undefined ? before.gateway?.host : input.host;
  return {
    ...before,
    route: "gateway",
    gateway: {
      accountId,
      gatewayName,
      segment: segment === undefined ? (before.gateway?.segment ?? null) : segment,
      ...(host === undefined || host === null ? {} : { host }),
      hasToken: token === undefined ? before.gateway?.hasToken === true : token !== null,
    },
  };
}

function updated(before: ProviderView, { change }: UpdateGatewayInput): ProviderView {
  const { accountId, gatewayName, token, storePrompts } = change;
  if (before.gateway === null) return before;
  const { host: hostBefore, storePrompts: promptsBefore, ...gateway } = before.gateway;
  const host = change.host === undefined ? hostBefore : (change.host ?? undefined);
  const hidesPrompts = (storePrompts ?? promptsBefore) === false;
  const keepsToken =
    (accountId === undefined || accountId === gateway.accountId) && host === hostBefore;
  return {
    ...before,
    gateway: {
      ...gateway,
      ...(host === undefined ? {} : { host }),
      ...(hidesPrompts ? { storePrompts: false } : {}),
      accountId: accountId ?? before.gateway.accountId,
      gatewayName: gatewayName ?? before.gateway.gatewayName,
      hasToken: token === undefined ? keepsToken && before.gateway.hasToken : token !== null,
    },
  };
}
