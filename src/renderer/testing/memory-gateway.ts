/** A host's `GatewayApi` over a view in memory: what the section is given in tests. */
import type { EnableInput, GatewayApi, ProviderInput, TestInput } from "../../shared/contract";
import { failure, gatewayError, type Failure, type GatewayError } from "../../shared/errors";
import type { TestReport } from "../../shared/report";
import { success, type Result } from "../../shared/result";
import type { ProvidersView, ProviderView } from "../../shared/view";

export class MemoryGateway {
  readonly received: (readonly [call: string, input?: object])[] = [];
  readonly #listeners = new Set<(view: ProvidersView) => void>();
  readonly #past: ProvidersView[] = [];
  #view: ProvidersView;
  #answers: (() => void)[] = [];
  #held = false;
  #testing: ((result: Result<TestReport>) => void) | null = null;

  constructor(view: ProvidersView) {
    this.#view = view;
  }

  /** Changes wait from now on; the returned function lets them through. */
  hold(): () => void {
    this.#held = true;
    return () => {
      this.#held = false;
      for (const answer of this.#answers.splice(0)) answer();
    };
  }

  /** Another program changed the file. */
  changeOutside(view: ProvidersView): void {
    const { store, number } = this.#view.version;
    this.#view = { ...view, version: { store, number: number + 1 } };
    this.tell(this.#view);
  }

  tell(view: ProvidersView): void {
    for (const listener of this.#listeners) listener(view);
  }

  finishTest(result: Result<TestReport>): void {
    this.#testing?.(result);
  }

  refuseNext: GatewayError | null = null;

  readonly api: GatewayApi = {
    providers: () => Promise.resolve(success(this.#view)),
    enable: (input) => this.#change("enable", input, (before) => enabled(before, input)),
    disable: (input) =>
      this.#change("disable", input, (before) => ({ ...before, route: "direct" })),
    forget: (input) =>
      this.#change("forget", input, (before) => ({ ...before, route: "direct", gateway: null })),
    fix: (input) => this.#change("fix", input, (before) => ({ ...before, notices: [] })),
    setMirror: (input) => {
      this.received.push(["setMirror", input]);
      this.changeOutside({ ...this.#view, mirror: { on: input.on, canChange: true } });
      return Promise.resolve(success(this.#view));
    },
    undo: async () => {
      this.received.push(["undo"]);
      const before = this.#past.pop();
      if (before === undefined) return failure("undo_nothing");
      this.changeOutside(before);
      return success(this.#view);
    },
    test: (input: TestInput) => {
      this.received.push(["test", input]);
      return new Promise((resolve) => {
        this.#testing = resolve;
      });
    },
    stopTest: (input) => {
      this.received.push(["stopTest", input]);
      this.finishTest(failure("cancelled"));
      return Promise.resolve(success(null));
    },
    tests: () => Promise.resolve(success({ tests: [], models: [] })),
    onChange: (listener) => {
      this.#listeners.add(listener);
      return () => {
        this.#listeners.delete(listener);
      };
    },
  };

  async #change(
    call: string,
    input: ProviderInput,
    change: (before: ProviderView) => ProviderView,
  ): Promise<Result<ProvidersView>> {
    this.received.push([call, input]);
    if (this.#held) await new Promise<void>((resolve) => this.#answers.push(resolve));
    if (this.refuseNext !== null) return this.#refusal(this.refuseNext);
    const shown = this.#view.providers.find((each) => each.id === input.provider);
    if (input.seen !== undefined && input.seen !== shown?.mark) {
      return this.#refusal(gatewayError("conflict", { provider: input.provider }));
    }
    this.#past.push(this.#view);
    this.changeOutside({
      ...this.#view,
      undoSteps: this.#past.length,
      providers: this.#view.providers.map((each) =>
        each.id === input.provider ? { ...change(each), mark: `${each.mark}+` } : each,
      ),
    });
    return success({ ...this.#view, made: 1 });
  }

  #refusal(error: GatewayError): Failure {
    this.refuseNext = null;
    return { success: false, error };
  }
}

function enabled(before: ProviderView, input: EnableInput): ProviderView {
  const { accountId, gatewayName, segment, token } = input;
  return {
    ...before,
    route: "gateway",
    gateway: {
      accountId,
      gatewayName,
      segment: segment === undefined ? (before.gateway?.segment ?? null) : segment,
      hasToken: token === undefined ? before.gateway?.hasToken === true : token !== null,
    },
  };
}
