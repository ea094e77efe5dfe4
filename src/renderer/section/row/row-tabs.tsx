/** The two tabs of an open row. Arrow keys move between them. */
import type { ReactNode } from "react";
import * as Tabs from "@radix-ui/react-tabs";

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
      <Tabs.Content className="cfgw-tab-content" value="test" tabIndex={-1}>
        {props.test}
      </Tabs.Content>
      <Tabs.Content className="cfgw-tab-content" value="settings" tabIndex={-1}>
        {props.settings}
      </Tabs.Content>
    </Tabs.Root>
  );
}
