/** What many providers have in common and is said once above the list, not with a sign in every row. */
import type { Notice, NoticeCode, ProviderView } from "../../../shared/view";

const COMMON: ReadonlySet<NoticeCode> = new Set<NoticeCode>(["aggregator"]);

export interface CommonNotice {
  readonly message: string;
  /** Of the providers that it is about, in the list's order. */
  readonly names: readonly string[];
}

/** Whether a notice is of the kind that is said above the list. */
export function isCommon({ code }: Notice): boolean {
  return COMMON.has(code);
}

/** Whether there is something that this provider alone must be looked at for. */
export function needsAttention({ notices }: ProviderView): boolean {
  return notices.some((notice) => !isCommon(notice));
}

/** Each common sentence once, with whom it is about. */
export function commonNotices(providers: readonly ProviderView[]): readonly CommonNotice[] {
  const names = new Map<string, readonly string[]>();
  for (const { name, notices } of providers) {
    for (const { message } of notices.filter(isCommon)) {
      names.set(message, [...(names.get(message) ?? []), name]);
    }
  }
  return [...names].map(([message, about]) => ({ message, names: about }));
}
