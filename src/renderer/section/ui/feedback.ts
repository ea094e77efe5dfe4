/** How any part of the section tells the person something: aloud, or as the change that can be undone. */
import { createContext, useContext } from "react";

export interface Feedback {
  /** Said by screen readers, once, when they are next silent. */
  readonly announce: (sentence: string) => void;
  /** A change that is on disk now: announced, and shown with the button that takes it back. */
  readonly changed: (sentence: string, more?: ChangeDetails) => void;
}

export interface ChangeDetails {
  /** Stays until it is dismissed. */
  readonly note?: string | null;
  /** How many changes it was, which Undo takes back together: none when all was so already; 1 by default. */
  readonly steps?: number;
}

export const FeedbackContext = createContext<Feedback>({
  announce: () => undefined,
  changed: () => undefined,
});

export function useFeedback(): Feedback {
  return useContext(FeedbackContext);
}
