import { sessionArea } from "../platform/storage.ts";
import { log } from "../shared/log.ts";
import type { Services } from "./services.ts";

/**
 * Takes away what is left of a person in a profile besides the secrets: drafts, how far deletions came, clients, transfers under way.
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
  const beginnings = [`draft/${profile}/`, `deletion/${profile}/`];
  const left = Object.keys(stored).filter((key) => beginnings.some((beginning) => key.startsWith(beginning)));
  if (left.length > 0) await sessionArea.remove(left);
}

/** After a lock: what could still act for the person ends, what they have typed and wanted stays for their return. */
export async function setAside(
  { storages, transfers }: Pick<Services, "storages" | "transfers">,
  profile: string,
): Promise<void> {
  storages.forget(profile);
  await transfers.suspend(profile);
}
