/** docs/guide.md, as the build reads it. */
declare module "virtual:guide" {
  import type { GuideBlock } from "./guide-blocks";

  export const GUIDE: readonly GuideBlock[];
}
