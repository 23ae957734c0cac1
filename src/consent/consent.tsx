import "./consent.css";
import { render } from "preact";
import { language } from "../platform/i18n.ts";
import { loadAppearance } from "../ui/state/appearance.ts";
import { startClock } from "../ui/state/now.ts";
import { ConsentWindow } from "./consent-window.tsx";

async function start(): Promise<void> {
  await loadAppearance();
  document.documentElement.lang = language();
  startClock();
  render(<ConsentWindow id={new URLSearchParams(location.search).get("id") ?? ""} />, document.body);
}

void start();
