/** Notes what a script of Holdall fetches within a page: by the page's own means, but at Holdall's wish. */
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Recorder } from "./recorder.ts";

/** @param fetching null when the page may not read it */
export async function recordInPage<Found extends { bytes: Blob }>(
  { begin }: Pick<Recorder, "begin">,
  url: string,
  fetching: () => Promise<Found | null>,
): Promise<Found | null> {
  // What the page made itself (`blob:`) goes over no network.
  if (!/^https?:/i.test(url)) return await fetching();
  const end = begin({ url }, "page-source", { action: "fetch in page", sent: 0 });
  try {
    const found = await fetching();
    end(found === null ? { error: "unreadable" } : { received: found.bytes.size });
    return found;
  } catch (cause) {
    const { code = "internal", facts: { subs = [] } = {} } = cause instanceof HoldallError ? cause : {};
    const status = /^HTTP (\d{3})$/.exec(subs[1] ?? "")?.[1];
    const error = code === "capture-gone" ? "unreachable" : code;
    end(status === undefined ? { error } : { status: Number(status) });
    throw cause;
  }
}
