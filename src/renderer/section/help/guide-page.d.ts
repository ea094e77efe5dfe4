/** docs/guide.md, as parsed by the build. */
declare module "virtual:guide" {
  import type { GuideBlock } from "./guide-blocks";

  export const GUIDE: readonly GuideBlock[];
}
