import { HoldallError } from "../shared/holdall-error.ts";
import type { CaptureRecord } from "./record.ts";
import type { CaptureStore } from "./service-deps.ts";

/** Is this very upload there, and not another object of that name? Stores that keep no metadata tell by the size alone. */
export async function isStored(
  store: Pick<CaptureStore, "head">,
  { path, key, described }: CaptureRecord,
): Promise<boolean> {
  try {
    const there = await store.head(path ?? "");
    return there.size === described?.size && (there.transfer === null || there.transfer === key);
  } catch (error) {
    if (error instanceof HoldallError && error.code === "file-missing") return false;
    throw error;
  }
}
