/** Every sentence that the section itself says. Refusals and diagnoses come from main with theirs. */
import { pageWords } from "./page-words";
import { rowWords } from "./row-words";
import { formWords } from "./form-words";
import { gatewayWords } from "./gateway-words";
import { testWords } from "./test-words";
import { changeWords } from "./change-words";

export const words = {
  ...pageWords,
  ...rowWords,
  ...formWords,
  ...gatewayWords,
  ...testWords,
  ...changeWords,
} as const;
