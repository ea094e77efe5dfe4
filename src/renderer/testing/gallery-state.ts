/** A state of the section in the gallery: its data, and the user actions that follow. */
import type { GatewayApiCalls, TestInput } from "../../shared/contract";
import type { GatewayError } from "../../shared/errors";
import type { TestReport } from "../../shared/report";
import type { Result } from "../../shared/result";
import type { RememberedTest } from "../../shared/tests";
import type { ProvidersView } from "../../shared/view";

/** A user action, described by visible names. `row` is the name of a provider. */
export type GalleryStep =
  | { readonly does: "open" | "menu" | "switch" | "test" | "show-last"; readonly row: string }
  | { readonly does: "type"; readonly row: string; readonly field: string; readonly text: string }
  /** `shows` is a text that must be visible before the next step. */
  | { readonly does: "press"; readonly button: string | RegExp; readonly shows?: string }
  /** Chooses an entry of the menu in the status strip. */
  | { readonly does: "choose"; readonly entry: string | RegExp }
  /** Types into the form for a new gateway. */
  | { readonly does: "enter"; readonly field: string; readonly text: string }
  /** Types into the form that connects to Cloudflare. */
  | { readonly does: "api-token"; readonly text: string }
  /** Chooses another gateway than those in the list of an open row. */
  | { readonly does: "another-gateway"; readonly row: string }
  /** Opens a tab of a gateway's card. */
  | { readonly does: "tab"; readonly name: string; readonly shows?: string }
  /** Waits for a text. */
  | { readonly does: "see"; readonly text: string }
  | { readonly does: "mirror" }
  | { readonly does: "filter"; readonly text: string };

export interface GalleryState {
  /** Also the name of its screenshots. */
  readonly id: string;
  /** Null: the response never arrives. */
  readonly providers: Result<ProvidersView> | null;
  readonly remembered?: readonly RememberedTest[];
  /** The result of every test. Absent: a test never ends. */
  readonly finds?: Result<TestReport> | ((input: TestInput) => Result<TestReport>);
  /** The calls of the user's Cloudflare account. Absent: it is not connected. */
  readonly account?: Partial<GatewayApiCalls>;
  /** The error of the next change. */
  readonly refuses?: GatewayError;
  /** The providers that the next change of several providers leaves out. */
  readonly leavesOut?: readonly string[];
  /** Whether the connection is lost after the list has been loaded once. */
  readonly isLostAfterwards?: true;
  readonly steps: readonly GalleryStep[];
  /** Captures one window height instead of the whole page. */
  readonly cut?: true;
}
