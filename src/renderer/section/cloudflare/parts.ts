/** The parts of the gateways' cards that load together after the first screen. */
export { AccountHead } from "./account-head";
export { CardButton } from "./card-button";
export { CardFold } from "./card-fold";
