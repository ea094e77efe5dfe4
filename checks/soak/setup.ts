/** Sets up a soak: the demo, the app's window, and the recorders. */
import { startDemo, type Demo } from "../../demo/demo";
import { launchPanel, withUserHome, type LaunchedPanel } from "../driving/launch";
import { PanelPage } from "../driving/panel-page";
import { HOME_TEXT } from "./home-text";
import { VerdictCheck } from "./verdict-check";
import { FileHistory } from "./file-history";

export interface Setup {
  readonly demo: Demo;
  readonly panel: LaunchedPanel;
  readonly ui: PanelPage;
  readonly fileHistory: FileHistory;
  readonly verdictCheck: VerdictCheck;
}

/** Opens the app on a new demo while `play` runs. */
export async function withSetup<T>(play: (setup: Setup) => Promise<T>): Promise<T> {
  const demo = await startDemo({ providersText: HOME_TEXT });
  try {
    return await withUserHome(async (userHome) => {
      const panel = await launchPanel({ env: demo.env, userHome });
      const fileHistory = new FileHistory(demo.file);
      try {
        const ui = new PanelPage(panel.page);
        await ui.ready();
        await fileHistory.catchUp();
        return await play({ demo, panel, ui, fileHistory, verdictCheck: new VerdictCheck(demo) });
      } finally {
        fileHistory.close();
        // Closes without a prompt, even with unsaved text.
        await panel.end();
      }
    });
  } finally {
    await demo.close();
  }
}
