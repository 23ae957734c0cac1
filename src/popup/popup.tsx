import "./popup.css";
import { render } from "preact";
import { language } from "../platform/i18n.ts";
import { loadAppearance } from "../ui/state/appearance.ts";
import { startClock } from "../ui/state/now.ts";
import { followOnline } from "../ui/state/online.ts";
import { createViewSignal } from "../ui/state/view-signal.ts";
import { loadPageTab } from "./page-tab.ts";
import { Popup } from "./popup-view.tsx";

async function start(): Promise<void> {
  // All answer from memory or disk, never from the network: the last known state is what is painted.
  const [live] = await Promise.all([createViewSignal(), loadAppearance(), loadPageTab()]);
  document.documentElement.lang = language();
  startClock();
  followOnline();
  render(<Popup live={live} />, document.body);
}

void start();
