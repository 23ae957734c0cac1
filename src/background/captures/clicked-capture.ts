/** What a click in the context menu, or a shortcut, asks for. */
import type { CaptureRequest } from "../../captures/taken.ts";
import type { MenuClick } from "../../platform/menus.ts";
import type { Shortcut } from "../../platform/shortcuts.ts";
import { kindOf } from "./capture-menus.ts";

export function clickedCapture(click: MenuClick): CaptureRequest | null {
  const kind = kindOf(click.id);
  if (kind === null) return null;
  const { page, tab, selection } = click;
  const fetched = kind === "image" || kind === "video" || kind === "audio";
  const url = fetched ? click.srcUrl : kind === "link" ? click.linkUrl : page.url;
  const words = kind === "selection" && selection !== null ? { text: selection } : {};
  // The page is captured whole, wherever in it was clicked; a selection belongs to its frame.
  const frame = kind === "selection" || fetched ? (tab?.frame ?? 0) : 0;
  return { kind, url: url ?? "", page, tab: tab && { id: tab.id, frame }, tags: [], note: "", ...words };
}

export function pressedCapture({ name, page, tab }: Shortcut): CaptureRequest | null {
  const kind = kindOf(name);
  return kind === null ? null : { kind, url: page.url, page, tab, tags: [], note: "" };
}

/**
 * The host to ask for in the click, as a match pattern; null when none is needed: what lies where the page lies is fetched
 * within the page, which the click itself allows (`activeTab`).
 */
export function neededHost({ kind, url, page, tab }: CaptureRequest): string | null {
  if (kind !== "image" && kind !== "video" && kind !== "audio" && kind !== "link") return null;
  const source = URL.canParse(url) ? new URL(url) : null;
  if (source === null || (source.protocol !== "https:" && source.protocol !== "http:")) return null;
  if (tab !== null && URL.canParse(page.url) && new URL(page.url).origin === source.origin) return null;
  // Match patterns have no port.
  return `${source.protocol}//${source.hostname}/*`;
}
