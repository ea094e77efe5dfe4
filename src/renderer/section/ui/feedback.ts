/** Feedback to the user from any part of the section: announcements, and changes that can be undone. */
import { createContext, useContext } from "react";

export interface Feedback {
  /** Announced once by screen readers, politely. */
  readonly announce: (sentence: string) => void;
  /** Announces a change that is now on disk, and shows it with an Undo button. */
  readonly changed: (sentence: string, more?: ChangeDetails) => void;
}

export interface ChangeDetails {
  /** An additional sentence. */
  readonly note?: string | null;
  /** The number of changes that Undo reverts together. 0 when the file already matched; 1 by default. */
  readonly steps?: number;
}

export const FeedbackContext = createContext<Feedback>({
  announce: () => undefined,
  changed: () => undefined,
});

export function useFeedback(): Feedback {
  return useContext(FeedbackContext);
}
