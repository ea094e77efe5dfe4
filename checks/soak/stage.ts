/** What a soak plays on: the demo, the app's window on it, and those who keep record meanwhile. */
import { startDemo, type Demo } from "../../demo/demo";
import { launchPanel, withUserHome, type LaunchedPanel } from "../driving/launch";
import { PanelPage } from "../driving/panel-page";
import { HOME_TEXT } from "./home-text";
import { Honesty } from "./honesty";
import { Ledger } from "./ledger";

export interface Stage {
  readonly demo: Demo;
  readonly panel: LaunchedPanel;
  readonly ui: PanelPage;
  readonly ledger: Ledger;
  readonly honesty: Honesty;
}

/** Opens the app on a demo of its own, for as long as `play` runs. */
export async function withStage<T>(play: (stage: Stage) => Promise<T>): Promise<T> {
  const demo = await startDemo({ providersText: HOME_TEXT });
  try {
    return await withUserHome(async (userHome) => {
      const panel = await launchPanel({ env: demo.env, userHome });
      const ledger = new Ledger(demo.file);
      try {
        const ui = new PanelPage(panel.page);
        await ui.ready();
        await ledger.caughtUp();
        return await play({ demo, panel, ui, ledger, honesty: new Honesty(demo) });
      } finally {
        ledger.close();
        // Whatever is typed in it, when the soak was broken off.
        await panel.end();
      }
    });
  } finally {
    await demo.close();
  }
}
