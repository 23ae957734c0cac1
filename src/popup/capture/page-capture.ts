import { signal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import { holdsPageCapture, knowsPageCapture, requestPageCapture } from "../../platform/permissions.ts";

/** An answer is kept, whatever it was: nobody is asked twice. Settings can ask again. */
const answered = "page-capture-answered";

/**
 * Whether pages become HTML only for want of a permission. It is asked for by a button of its own: the browser's question closes
 * the popup, so a capture that waited for the answer would never begin.
 */
export const wantsPageCapture = signal(false);

export async function checkPageCapture(profile: string): Promise<void> {
  if (!knowsPageCapture() || localStorage.getItem(answered) !== null || (await holdsPageCapture())) return;
  const { page } = await call("captures.settings", { profile });
  wantsPageCapture.value = page === "mhtml";
}

/** Call synchronously in the click. */
export function answerPageCapture(yes: boolean): void {
  // Before the question: nothing after it may run here.
  localStorage.setItem(answered, "1");
  wantsPageCapture.value = false;
  if (yes) void requestPageCapture();
}
