/** The answer as it came, without keys, folded away. */
import { ChevronRight } from "lucide-react";
import { Collapsible } from "radix-ui";

import type { RawAnswer } from "../../shared/report";
import { words } from "./words";

export function RawAnswerView(props: { readonly raw: RawAnswer }) {
  const { raw } = props;
  const headers = raw.headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  return (
    <Collapsible.Root className="cfgw-raw-fold">
      <Collapsible.Trigger className="cfgw-text-button cfgw-fold">
        <ChevronRight className="cfgw-chevron" size={14} aria-hidden="true" />
        {words.report.raw}
      </Collapsible.Trigger>
      <Collapsible.Content>
        <pre className="cfgw-raw" tabIndex={0} role="region" aria-label={words.report.rawLabel}>
          {`${raw.status}\n${headers}\n\n${raw.body}`}
          {raw.truncated ? `\n${words.report.truncated}` : null}
        </pre>
      </Collapsible.Content>
    </Collapsible.Root>
  );
}
