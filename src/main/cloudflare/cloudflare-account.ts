/** The public calls of a Cloudflare account. */
import type {
  AccountGatewaysView,
  AccountInput,
  AccountStatus,
  AccountsView,
  ConnectAccountInput,
  CreateGatewayInput,
  CustomProviderInput,
  CustomProviderView,
  DoctorReport,
  GatewayDetailsView,
  GatewaySettings,
  LogProof,
  LogRowInput,
  RequestsInput,
  RequestsView,
  TrafficInput,
  TrafficView,
} from "../../shared/account";
import type { GatewayKey } from "../../shared/gateways";
import type { Result } from "../../shared/result";

/**
 * Every call takes names, never a URL or a body, and returns numbers and names, never a token, a prompt
 * or a header. Without a token, calls fail with `account_not_connected`. Refusals of Cloudflare's API
 * are errors whose codes start with `api_`.
 */
export interface CloudflareAccount {
  /** Which token is in use, and what it lacks. A stored token is verified once. */
  readonly status: () => Promise<Result<AccountStatus>>;
  /**
   * Verifies a token and uses it from now on. Fails with an `api_token_…` error, with
   * `environment_token_missing`, or because Cloudflare cannot be reached; the earlier token stays.
   */
  readonly connect: (input: ConnectAccountInput) => Promise<Result<AccountStatus>>;
  /** Forgets the token, in memory and where it is stored. */
  readonly disconnect: () => Promise<Result<AccountStatus>>;
  /** The accounts that the token names. */
  readonly accounts: () => Promise<Result<AccountsView>>;
  /** The gateways of an account, with their settings. */
  readonly gateways: (input: AccountInput) => Promise<Result<AccountGatewaysView>>;
  /** One gateway: its settings, its custom domains, and what in them can break agents. */
  readonly settings: (gateway: GatewayKey) => Promise<Result<GatewayDetailsView>>;
  /**
   * Creates a gateway that requires a token and neither caches nor limits. With
   * `api_input_refused`, the error names the member that Cloudflare refused, if it says so.
   */
  readonly createGateway: (input: CreateGatewayInput) => Promise<Result<GatewaySettings>>;
  /** Finds the account's custom provider for the host of a provider's own base URL. */
  readonly customProvider: (input: CustomProviderInput) => Promise<Result<CustomProviderView>>;
  /**
   * Creates the custom provider, unless there is one. The host comes from the file. Fails with
   * `conflict` if the provider has changed since it was shown.
   */
  readonly createCustomProvider: (
    input: CustomProviderInput,
  ) => Promise<Result<CustomProviderView>>;
  /**
   * Finds a test of this process in the gateway's log by the log ID of its response. Takes up to 15
   * seconds. Fails with `log_id_invalid` or `test_not_remembered` before anything is asked.
   */
  readonly logRow: (input: LogRowInput) => Promise<Result<LogProof>>;
  /** The traffic of a gateway in the last hour, day or week, and the providers that had none. */
  readonly traffic: (input: TrafficInput) => Promise<Result<TrafficView>>;
  /** The last 50 requests of a gateway, with the diagnosis of those that failed. */
  readonly requests: (input: RequestsInput) => Promise<Result<RequestsView>>;
  /**
   * Runs a checklist on a gateway: asks the account, and sends one test through the gateway for each of
   * its providers. Works without a connection too; its questions to the account are then unknown.
   */
  readonly doctor: (gateway: GatewayKey) => Promise<Result<DoctorReport>>;
}
