import { sessionArea } from "../platform/storage.ts";
import { log } from "../shared/log.ts";
import type { Services } from "./services.ts";

/**
 * Takes away what is left of a person in a profile besides the secrets: drafts, clients, transfers under way.
 * @param successor identity of who has taken their place already
 */
export async function wipeTraces(
  { storages, transfers, captures }: Pick<Services, "storages" | "transfers" | "captures">,
  profile: string,
  successor?: string,
): Promise<void> {
  storages.forget(profile);
  const [stored] = await Promise.all([
    sessionArea.getAll(),
    transfers.suspend(profile, successor).catch((error) => log.warn("transfers", error)),
    captures.signedOut(profile, successor).catch((error) => log.warn("captures", error)),
  ]);
  const drafts = Object.keys(stored).filter((key) => key.startsWith(`draft/${profile}/`));
  if (drafts.length > 0) await sessionArea.remove(drafts);
}

/** After a lock: what could still act for the person ends, what they have typed and wanted stays for their return. */
export async function setAside(
  { storages, transfers }: Pick<Services, "storages" | "transfers">,
  profile: string,
): Promise<void> {
  storages.forget(profile);
  await transfers.suspend(profile);
}
