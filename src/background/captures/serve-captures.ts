/** Clicks in the context menu, shortcuts and notifications. */
import type { CaptureService } from "../../captures/captures.ts";
import type { CaptureRequest } from "../../captures/taken.ts";
import { onMenuClick } from "../../platform/menus.ts";
import { requestHosts } from "../../platform/permissions.ts";
import { onShortcut } from "../../platform/shortcuts.ts";
import { log } from "../../shared/log.ts";
import { toWireError } from "../../shared/result.ts";
import { clickedCapture, neededHost, pressedCapture } from "./clicked-capture.ts";
import { serveNotifications, tellCapture } from "./tell-capture.ts";

/**
 * Call synchronously at load.
 * @param ready resolves when the background knows who is shown
 * @param buttons whether notifications may have buttons in this browser
 */
export function serveCaptures(captures: CaptureService, ready: () => Promise<void>, buttons: boolean): void {
  const serve = (request: CaptureRequest | null) => {
    if (request === null) return;
    const host = neededHost(request);
    // Before any await: the browser asks for a permission only within the click. What is not held afterwards, taking says.
    const asked = host === null ? Promise.resolve(true) : requestHosts([host]);
    asked
      .then(ready)
      .then(() => capture(captures, request, buttons))
      .catch((error) => log.warn("capture", error));
  };
  onMenuClick((click) => serve(clickedCapture(click)));
  onShortcut((shortcut) => serve(pressedCapture(shortcut)));
  serveNotifications(captures, ready);
}

async function capture(captures: CaptureService, request: CaptureRequest, buttons: boolean): Promise<void> {
  try {
    const { id } = await captures.take(request);
    await tellCapture(id, await captures.settled(id), buttons);
  } catch (error) {
    await tellCapture("", { state: "failed", error: toWireError(error), offers: [] }, buttons);
  }
}
