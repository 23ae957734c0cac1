/** What the toolbar button says: of the transfers, and of the page in view. */
import type { TransfersView } from "../messaging/view.ts";
import { markTab, setBadge } from "../platform/badge.ts";
import { t } from "../platform/i18n.ts";
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

const connected = "#1a6e43";

export interface ToolbarBadge {
  transfers(view: TransfersView): void;
  /** The page in view of this tab is a connected site's, or is so no more. */
  site(tab: number, isConnected: boolean): void;
}

/** Tells the browser only what changed: each call costs it a repaint. What the transfers say goes before the sites' mark. */
export function createBadge(): ToolbarBadge {
  const sites = new Set<number>();
  let shown = "";
  let busy = false;

  function mark(tab: number): void {
    const text = { text: "•", colour: connected, title: t("toolbar_connected") };
    // The tab may be gone.
    markTab(tab, sites.has(tab) && !busy ? text : null).catch(() => undefined);
  }

  return {
    transfers(view) {
      const { text, colour } = badgeOf(view);
      if (text + colour === shown) return;
      shown = text + colour;
      setBadge(text, colour).catch((error: unknown) => log.warn("badge", error));
      if (busy === (text !== "")) return;
      busy = text !== "";
      for (const tab of sites) mark(tab);
    },
    site(tab, isConnected) {
      if (isConnected) sites.add(tab);
      else sites.delete(tab);
      mark(tab);
    },
  };
}
