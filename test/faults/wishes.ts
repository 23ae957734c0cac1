/** What a person asks for, through a page of the extension. The answer may be lost: then the list of transfers tells. */
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { bytesOf } from "./bytes.ts";
import { type FaultRun, note } from "./fault-run.ts";
import { pickInApp, provideMade, providePicked, sendCommand, uploadMade, uploadPicked } from "./in-page.ts";
import type { PlannedFile } from "./plan.ts";
import { within } from "./stage.ts";
import type { Tracked } from "./tracked.ts";

/** Milliseconds for an answer. */
const patience = 20_000;

/** Writes the files of a plan that are picked from disk. */
export async function writePicked({ plan, stage }: FaultRun): Promise<void> {
  for (const file of plan.files) {
    if (file.source !== "memory") await writeFile(stage.pickedPath(diskName(file)), bytesOf(file.size, file.seed));
  }
}

/** The app's input takes a file's own name. Others have none that matters; two of the same path lie apart. */
function diskName({ source, index, path }: PlannedFile): string {
  return source === "app" ? basename(path) : `${index}.bin`;
}

/** Uploads files of one source and kind. Never rejects: what was not answered is looked for in the list. */
export async function wishUploads(run: FaultRun, tracked: Tracked[]): Promise<void> {
  await ask(run, tracked, async (files) => {
    const [{ source, ifExists }] = files as [PlannedFile];
    const page = await run.stage.page();
    const onDisk = files.map((file) => run.stage.pickedPath(diskName(file)));
    if (source === "app") {
      await pickInApp(page, run.plan.folder, onDisk);
      return [];
    }
    const input = { profile: await run.stage.profile(), ifExists };
    const paths = files.map(({ path }) => path);
    const answer =
      source === "memory" ? await uploadMade(page, files, input) : await uploadPicked(page, onDisk, paths, input);
    if (!answer.ok) throw new Error(answer.error.code);
    const { ids, refused } = answer.value as { ids: string[]; refused: { index: number; error: { code: string } }[] };
    for (const { index, error } of refused) note(run, `${paths[index]} was refused`, error.code);
    const left = [...ids];
    return files.map((_, index) => (refused.some((one) => one.index === index) ? null : (left.shift() ?? null)));
  });
}

/** Saves one object, or several as a zip. Never rejects. */
export async function wishDownload(run: FaultRun, one: Tracked): Promise<void> {
  await ask(run, [one], async () => {
    const { wish } = one;
    const input =
      wish.kind === "archive"
        ? { prefix: wish.prefix, paths: wish.files.map(({ path }) => path) }
        : { path: wish.kind === "save" ? wish.file.path : "" };
    const command = wish.kind === "archive" ? "files.saveArchive" : "files.save";
    const answer = await sendCommand(await run.stage.page(), command, {
      profile: await run.stage.profile(),
      ...input,
    });
    if (!answer.ok) throw new Error(answer.error.code);
    return [(answer.value as { transferId: string }).transferId];
  });
}

/** The file again, for a transfer that waits for it. */
export async function provide(run: FaultRun, one: Tracked): Promise<void> {
  if (one.wish.kind !== "upload" || one.id === null) return;
  const { file } = one.wish;
  const page = await run.stage.page();
  const answer = await within(
    patience,
    "transfers.provide",
    file.source === "memory"
      ? provideMade(page, one.id, file)
      : providePicked(page, one.id, run.stage.pickedPath(diskName(file))),
  );
  if (!answer.ok) note(run, `${file.path} was provided in vain`, answer.error.code);
}

async function ask(
  run: FaultRun,
  tracked: Tracked[],
  send: (files: PlannedFile[]) => Promise<(string | null)[]>,
): Promise<void> {
  const files = tracked.flatMap(({ wish }) => (wish.kind === "upload" ? [wish.file] : []));
  for (const one of tracked) Object.assign(one, { asking: true, askedAt: performance.now() });
  try {
    const ids = await within(patience, "an answer", send(files));
    for (const [index, one] of tracked.entries()) one.id ??= ids[index] ?? null;
  } catch (error) {
    note(run, "a wish was not answered", error);
  } finally {
    for (const one of tracked) one.asking = false;
  }
}
