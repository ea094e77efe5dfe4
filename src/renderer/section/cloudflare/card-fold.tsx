/** The part of a gateway's card about Cloudflare: its settings, its traffic and the checklist. */
import { useState } from "react";
import * as Tabs from "@radix-ui/react-tabs";

import { keyOfGateway, type GatewayView } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { useIsConnected } from "../data/account";
import { accountWords } from "../words/account-words";
import { CheckTab } from "./check-tab";
import { SettingsTab } from "./settings-tab";
import { TrafficTab } from "./traffic-tab";

const { fold: texts } = accountWords;

export interface CardFoldProps {
  readonly gateway: GatewayView;
  readonly providers: readonly ProviderView[];
}

export function CardFold(props: CardFoldProps) {
  const [tab, setTab] = useState("settings");
  const isConnected = useIsConnected();
  if (!isConnected) return null;
  const key = keyOfGateway(props.gateway);
  return (
    <Tabs.Root className="cfgw-tabs cfgw-account-fold" value={tab} onValueChange={setTab}>
      <Tabs.List className="cfgw-tab-list" aria-label={texts.of(key.gatewayName)}>
        <Tabs.Trigger className="cfgw-tab" value="settings">
          {texts.settings}
        </Tabs.Trigger>
        <Tabs.Trigger className="cfgw-tab" value="traffic">
          {texts.traffic}
        </Tabs.Trigger>
        <Tabs.Trigger className="cfgw-tab" value="check">
          {texts.check}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content className="cfgw-tab-content" value="settings" tabIndex={-1}>
        <SettingsTab gateway={key} />
      </Tabs.Content>
      <Tabs.Content className="cfgw-tab-content" value="traffic" tabIndex={-1}>
        <TrafficTab gateway={key} providers={props.providers} />
      </Tabs.Content>
      <Tabs.Content className="cfgw-tab-content" value="check" tabIndex={-1}>
        <CheckTab gateway={key} providers={props.providers} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
