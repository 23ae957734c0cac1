import "./app.css";
import { render } from "preact";
import { language } from "../platform/i18n.ts";
import { loadAppearance } from "../ui/state/appearance.ts";
import { startClock } from "../ui/state/now.ts";
import { followOnline } from "../ui/state/online.ts";
import { createViewSignal } from "../ui/state/view-signal.ts";
import { App } from "./app-view.tsx";
import { followRoute } from "./route.ts";

async function start(): Promise<void> {
  const [live] = await Promise.all([createViewSignal(), loadAppearance()]);
  document.documentElement.lang = language();
  startClock();
  followOnline();
  followRoute();
  render(<App live={live} />, document.body);
}

void start();
