import { HoldallError } from "../../shared/holdall-error.ts";
import type { Run } from "../run.ts";
import { mostRenames, nextName } from "./keep-both.ts";

/** The name is taken: the next one, where the person wants both. @throws HoldallError `file-exists` */
export async function takeNextName(run: Run): Promise<void> {
  const { ifExists, renames, path, name } = run.record();
  if (ifExists !== "keep-both" || renames >= mostRenames) throw new HoldallError("file-exists", { subs: [name] });
  await run.apply({ type: "renamed", ...nextName(path) });
}
