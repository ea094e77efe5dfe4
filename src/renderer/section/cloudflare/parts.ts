/** The parts about the Cloudflare account that load together after the first screen. */
export { AccountHead } from "./account-head";
