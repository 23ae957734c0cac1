/** Says how a capture ended, in a notification whose click leads there. */
import type { CaptureOutcome, CaptureService } from "../../captures/captures.ts";
import type { CaptureOffer } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { type NotificationText, notify, onNotificationClick } from "../../platform/notifications.ts";
import { openApp } from "../../platform/pages.ts";
import { patternsOf, requestHosts } from "../../platform/permissions.ts";
import { log } from "../../shared/log.ts";
import type { WireError } from "../../shared/result.ts";

/** A notification's id carries what its click does: the background may have ended by then. */
interface Note {
  /** In the app. */
  route: string;
  /** Of the capture on its way. */
  id: string;
  /** What the buttons do, in their order. */
  offers: CaptureOffer[];
  /** Match patterns that `allow-host` asks for. */
  hosts: string[];
}

const prefix = "capture:";

export async function tellCapture(id: string, outcome: CaptureOutcome, buttons: boolean): Promise<void> {
  const text = textOf(outcome);
  if (text === null) return;
  const offers = outcome.state === "failed" && buttons ? outcome.offers.slice(0, 2) : [];
  const hosts = outcome.state === "failed" ? hostsOf(outcome.error) : [];
  const note: Note = { route: routeOf(outcome), id, offers, hosts };
  await notify(prefix + JSON.stringify(note), { ...text, buttons: offers.map(offerText) });
}

/** Call synchronously at load. */
export function serveNotifications(captures: CaptureService, ready: () => Promise<void>): void {
  onNotificationClick((id, button) => {
    const note = noteOf(id);
    if (note === null) return;
    const offer = button === null ? undefined : note.offers[button];
    if (offer === undefined) {
      void openApp(note.route);
      return;
    }
    // Before any await: the browser asks for a permission only within the click.
    const asked = offer === "allow-host" ? requestHosts(note.hosts) : Promise.resolve(true);
    asked
      .then(ready)
      .then(() => follow(captures, note, offer))
      .catch((error) => log.warn("notification", error));
  });
}

async function follow(captures: CaptureService, { id }: Note, offer: CaptureOffer): Promise<void> {
  if (offer === "save-link") await captures.saveLink(id);
  else await captures.retry([id], offer === "allow-address");
  await tellCapture(id, await captures.settled(id), true);
}

function textOf(outcome: CaptureOutcome): NotificationText | null {
  switch (outcome.state) {
    case "saved":
      return { title: t("told_saved"), message: t("told_saved_detail", nameOf(outcome.row.path)) };
    case "known":
      return { title: t("told_known"), message: t("told_known_detail", nameOf(outcome.row.path)) };
    case "kept":
      return { title: t("told_kept"), message: t("told_kept_detail") };
    case "skipped":
      return { title: t("told_skipped"), message: t("told_skipped_detail", nameOf(outcome.path)) };
    case "failed": {
      const { code, facts } = outcome.error;
      const key = code.replaceAll("-", "_");
      const subs = facts.subs ?? [];
      const message = [t(`error_${key}`, ...subs), t(`fix_${key}`, ...subs)].join(" ");
      return { title: t("told_not_saved"), message };
    }
    case "discarded":
      return null;
  }
}

function offerText(offer: CaptureOffer): string {
  switch (offer) {
    case "retry":
      return t("told_offer_retry");
    case "allow-host":
      return t("told_offer_allow_host");
    case "allow-address":
      return t("told_offer_allow_address");
    case "save-link":
      return t("told_offer_save_link");
  }
}

function routeOf(outcome: CaptureOutcome): string {
  return "row" in outcome ? `/captures/${outcome.row.id}` : "/captures";
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function hostsOf({ code, facts }: WireError): string[] {
  const [host = ""] = facts.subs ?? [];
  return code === "permission-needed" && host !== "" ? patternsOf(host) : [];
}

function noteOf(id: string): Note | null {
  if (!id.startsWith(prefix)) return null;
  try {
    return JSON.parse(id.slice(prefix.length)) as Note;
  } catch {
    return null;
  }
}
