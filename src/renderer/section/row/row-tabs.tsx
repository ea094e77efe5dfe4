/** The two tabs of an open row. Arrow keys move between them. */
import type { ReactNode } from "react";
import * as Tabs from "@radix-ui/react-tabs";

import { assertNever } from "../../../shared/assert-never";
import type { RowTab } from "../ui/row-openers";
import { words } from "../words/words";

export function RowTabs(props: {
  /** The provider's name. */
  readonly name: string;
  readonly tab: RowTab;
  readonly onTab: (tab: RowTab) => void;
  readonly test: ReactNode;
  readonly settings: ReactNode;
}) {
  return (
    <Tabs.Root
      className="cfgw-tabs"
      value={props.tab}
      onValueChange={(value) => {
        props.onTab(value === "test" ? "test" : "settings");
      }}
    >
      <Tabs.List className="cfgw-tab-list" aria-label={words.row.tabsOf(props.name)}>
        <Tabs.Trigger className="cfgw-tab" value="test">
          {words.row.lastTest}
        </Tabs.Trigger>
        <Tabs.Trigger className="cfgw-tab" value="settings">
          {words.row.settings}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content className="cfgw-tab-content" value={props.tab} tabIndex={-1}>
        {contentOf(props)}
      </Tabs.Content>
    </Tabs.Root>
  );
}

function contentOf(props: {
  readonly tab: RowTab;
  readonly test: ReactNode;
  readonly settings: ReactNode;
}): ReactNode {
  switch (props.tab) {
    case "test":
      return props.test;
    case "settings":
      return props.settings;
    default:
      return assertNever(props.tab);
  }
}
