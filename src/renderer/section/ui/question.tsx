/** A modal confirmation with two buttons. Its dialog loads on demand, because most visits ask nothing. */
import { lazy, Suspense } from "react";

const Dialog = lazy(async () => ({ default: (await import("./question-dialog")).QuestionDialog }));

export interface QuestionProps {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  /** Changes nothing. Escape counts as “no”. */
  readonly onNo: () => void;
}

export function Question(props: QuestionProps) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  );
}
