/** Warnings that several providers share. They appear once above the list, not in every row. */
import type { FixCode, Notice, NoticeCode, ProviderView } from "../../../shared/view";

/** These are about mux as a whole, so they are above the list even for one provider. */
const COMMON: ReadonlySet<NoticeCode> = new Set<NoticeCode>(["aggregator"]);
/** Notices that do not concern chats, and that nothing in the row can fix. */
const ASIDE: ReadonlySet<NoticeCode> = new Set<NoticeCode>(["voice_input"]);
/** These have a message of their own at the top. */
const SEPARATE: ReadonlySet<NoticeCode> = new Set<NoticeCode>(["token_leak"]);

export interface CommonNotice {
  readonly message: string;
  /** In the list's order. */
  readonly providers: readonly Pick<ProviderView, "id" | "name">[];
  /** The fix that all of them offer, or null. */
  readonly fix: FixCode | null;
}

/** Whether a notice is information, and no reason to mark its row. */
export function isInformation({ code }: Notice): boolean {
  return COMMON.has(code) || ASIDE.has(code);
}

/** Whether the row of this provider must be marked. */
export function needsAttention({ notices }: ProviderView): boolean {
  return notices.some((notice) => !isInformation(notice));
}

/** Each sentence that several providers share, with the providers. */
export function commonNotices(providers: readonly ProviderView[]): readonly CommonNotice[] {
  const found = new Map<
    string,
    { code: NoticeCode; fixes: Set<FixCode | null>; about: ProviderView[] }
  >();
  for (const provider of providers) {
    for (const { code, message, fix } of provider.notices) {
      // The card of its gateway says it too, with the button that confirms the domain.
      const isInCard = code === "domain_unconfirmed" && fix === undefined;
      if (SEPARATE.has(code) || isInCard) continue;
      const known = found.get(message) ?? { code, fixes: new Set(), about: [] };
      known.fixes.add(fix ?? null);
      known.about.push(provider);
      found.set(message, known);
    }
  }
  return [...found]
    .filter(([, { code, about }]) => about.length > 1 || COMMON.has(code))
    .map(([message, { fixes, about }]) => ({
      message,
      providers: about.map(({ id, name }) => ({ id, name })),
      fix: fixes.size === 1 ? ([...fixes][0] ?? null) : null,
    }));
}
