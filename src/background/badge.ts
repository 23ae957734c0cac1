/** What the toolbar button says of the transfers. */
import type { TransfersView } from "../messaging/view.ts";
import { setBadge } from "../platform/badge.ts";
import { log } from "../shared/log.ts";

export interface Badge {
  text: string;
  /** `#rrggbb`, dark enough for white letters (4.5:1). */
  colour: string;
}

const moving = "#1f5fbf";
const asking = "#a8470b";

/** Per cent while something moves; a mark when only the person can help; else nothing. */
export function badgeOf({ rows, totals }: TransfersView): Badge {
  const asks = totals.conflicts + totals.failed > 0 || rows.some(({ waitsFor }) => asksPerson(waitsFor));
  if (totals.active > 0) {
    // Never 100 before it is: "done" is said after verification.
    const share = totals.bytes > 0 ? Math.min(99, Math.floor((totals.sent / totals.bytes) * 100)) : 0;
    return { text: `${share}%`, colour: moving };
  }
  return { text: asks ? "!" : "", colour: asking };
}

function asksPerson(waitsFor: TransfersView["rows"][number]["waitsFor"]): boolean {
  return waitsFor === "sign-in" || waitsFor === "file" || waitsFor === "permission";
}

/** Tells the browser only what changed: each call costs it a repaint. */
export function createBadge(): (view: TransfersView) => void {
  let shown = "";
  return (view) => {
    const { text, colour } = badgeOf(view);
    if (text + colour === shown) return;
    shown = text + colour;
    setBadge(text, colour).catch((error: unknown) => log.warn("badge", error));
  };
}
