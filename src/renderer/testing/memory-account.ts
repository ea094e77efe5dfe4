/** For tests: the calls of a Cloudflare account that is not connected. */
import type { AccountStatus } from "../../shared/account";
import type { GatewayApiCalls } from "../../shared/contract";
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";

const NOT_CONNECTED: AccountStatus = {
  changes: 0,
  token: null,
  problem: null,
  hasEnvironmentToken: false,
  canRemember: false,
  rememberProblem: null,
  missing: [],
};

const status = async (): Promise<Result<AccountStatus>> => success(NOT_CONNECTED);
const refused = async () => failure("account_not_connected");

export const NO_ACCOUNT = {
  accountStatus: status,
  connectAccount: refused,
  disconnectAccount: status,
  accounts: refused,
  accountGateways: refused,
  gatewayDetails: refused,
  createGateway: refused,
  customProvider: refused,
  createCustomProvider: refused,
  logRow: refused,
  traffic: refused,
  requests: refused,
  doctor: refused,
} satisfies Partial<GatewayApiCalls>;
