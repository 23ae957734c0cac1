/** A deletion works in its page and ends with it. How far it came is kept meanwhile, so that the next page can tell. */
import { t } from "../../../platform/i18n.ts";
import { sessionArea } from "../../../platform/storage.ts";
import { log } from "../../../shared/log.ts";
import { count } from "../../../ui/format/count.ts";
import { isCurrent, type Owner } from "../../../ui/state/owner.ts";
import { showToast } from "../../../ui/state/toasts.ts";

export interface HowFar {
  doing: "delete" | "restore";
  done: number;
  of: number;
}

/** Numbers only, no name. A sign-out takes it away (src/background/wipe-traces.ts). */
const keyBeginning = ({ profile, identity }: Owner) => `deletion/${profile}/${identity}/`;

/** Milliseconds. */
const keptEach = 1000;

/** Does `work` and keeps `howFar` until it has ended. The lock ends with the page, however that ends. */
export async function keepHowFar(owner: Owner, howFar: () => HowFar, work: () => Promise<void>): Promise<void> {
  const key = keyBeginning(owner) + crypto.randomUUID();
  const keep = async () => {
    // After a sign-out nothing of them is written any more.
    if (isCurrent(owner)) await sessionArea.set(key, howFar()).catch((error) => log.warn("deletion", error));
  };
  await navigator.locks.request(key, async () => {
    let kept = keep();
    const timer = setInterval(() => {
      kept = kept.then(keep);
    }, keptEach);
    try {
      await work();
    } finally {
      clearInterval(timer);
      await kept;
      // Else somebody else is here, or nobody: after a lock it is told when this person comes back.
      if (isCurrent(owner)) await sessionArea.remove(key);
    }
  });
}

/** Tells of deletions whose page was closed before their end, once. */
export async function tellStopped(owner: Owner): Promise<void> {
  const stored = await sessionArea.getAll();
  for (const key of Object.keys(stored).filter((one) => one.startsWith(keyBeginning(owner)))) {
    await navigator.locks.request(key, { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      const value = (await sessionArea.get(key)) as HowFar | undefined;
      await sessionArea.remove(key);
      if (value !== undefined && isCurrent(owner)) {
        const numbers = [count(value.done), count(value.of)] as const;
        showToast(
          value.doing === "delete" ? t("deletion_stopped", ...numbers) : t("deletion_restore_stopped", ...numbers),
        );
      }
    });
  }
}
