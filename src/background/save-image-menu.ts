/** Right-click on an image → "Save to my folder" → a notification that says so. */
import type { Captures } from "../captures/captures.ts";
import { clearAlarm, setAlarm } from "../platform/alarms.ts";
import { t } from "../platform/i18n.ts";
import { type MenuClick, onMenuClick, setMenus } from "../platform/menus.ts";
import { notify, onNotificationClick } from "../platform/notifications.ts";
import { openApp } from "../platform/pages.ts";
import { requestHosts } from "../platform/permissions.ts";
import { log } from "../shared/log.ts";
import { toWireError } from "../shared/result.ts";
import { alarms } from "./alarm-names.ts";

const menuId = "save-image";

/** A notification's id carries where its click leads: the background may have ended by then. */
const routePrefix = "open:";

/** Menus outlive the background, so they are made once, when the extension or the browser starts anew. */
export async function installMenus(): Promise<void> {
  await setMenus([{ id: menuId, title: t("menu_save_image"), contexts: ["image"] }]);
}

/** Call synchronously at load. @param ready resolves when the background knows who is shown */
export function serveImageMenu(captures: Pick<Captures, "saveImage">, ready: () => Promise<void>): void {
  onMenuClick((click) => {
    if (click.id !== menuId || click.srcUrl === null) return;
    // Before any await: the browser asks for a permission only within the click.
    const asked = askFor(click.srcUrl);
    asked
      .then(ready)
      .then(() => save(captures, click))
      .catch((error) => log.warn("save image", error));
  });
  onNotificationClick((id) => {
    if (id.startsWith(routePrefix)) void openApp(routeOf(id));
  });
}

async function askFor(srcUrl: string): Promise<void> {
  const url = URL.canParse(srcUrl) ? new URL(srcUrl) : null;
  // Match patterns have no port. What is not held afterwards, saving will say.
  if (url?.protocol === "https:" || url?.protocol === "http:")
    await requestHosts([`${url.protocol}//${url.hostname}/*`]);
}

async function save(captures: Pick<Captures, "saveImage">, { srcUrl, pageUrl, title }: MenuClick): Promise<void> {
  try {
    // Whatever ends the background between object and index item: the alarm wakes it to complete them.
    setAlarm(alarms.captures, Date.now() + 60_000);
    const { path } = await captures.saveImage({ srcUrl: srcUrl ?? "", pageUrl, title });
    clearAlarm(alarms.captures);
    const name = path.slice(path.lastIndexOf("/") + 1);
    const route = `/files/${path.split("/").map(encodeURIComponent).join("/")}`;
    await tell(route, t("capture_saved"), t("capture_saved_detail", name));
  } catch (error) {
    log.warn("image not saved", error);
    const { code, facts } = toWireError(error);
    const key = code.replaceAll("-", "_");
    const subs = facts.subs ?? [];
    const message = [t(`error_${key}`, ...subs), t(`fix_${key}`, ...subs)].join(" ");
    await tell("/files", t("capture_not_saved"), message);
  }
}

let told = 0;

/** The number keeps notifications apart that lead to the same place. */
async function tell(route: string, title: string, message: string): Promise<void> {
  told += 1;
  await notify(`${routePrefix}${Date.now()}-${told}:${route}`, { title, message });
}

function routeOf(id: string): string {
  return id.slice(id.indexOf(":", routePrefix.length) + 1);
}
