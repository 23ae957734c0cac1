import { call } from "../../messaging/client.ts";
import { holdsPageCapture, knowsPageCapture, requestPageCapture } from "../../platform/permissions.ts";

/** A refusal is kept: who said no is not asked with every page. Settings can ask again. */
const refused = "page-capture-refused";

/** The profile's pages are made as HTML anyway. */
let needless = false;

const asks = () => knowsPageCapture() && localStorage.getItem(refused) === null;

/** Learns before the click, in which there is no time for it, whether one has to ask. */
export async function preparePageCapture(profile: string): Promise<void> {
  if (!asks() || (await holdsPageCapture())) return;
  needless = await call("captures.settings", { profile }).then(
    ({ page }) => page === "html",
    () => false,
  );
}

/** Asks for what MHTML needs, synchronously in the click; without it a page becomes HTML. Asks nothing once it is held. */
export async function askForPageCapture(): Promise<void> {
  if (needless || !asks()) return;
  if (!(await requestPageCapture())) localStorage.setItem(refused, "1");
}
