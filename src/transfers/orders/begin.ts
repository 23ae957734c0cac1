/** Begins transfers: what is wanted is in the journal before anything else happens. */
import { HoldallError } from "../../shared/holdall-error.ts";
import { isUlid } from "../../shared/ulid.ts";
import { keptEnded, mostEnded } from "../limits.ts";
import { hasEnded, needsFile } from "../machine.ts";
import type { Source } from "../queue/sources.ts";
import { untilStaged } from "../queue/stager.ts";
import { isStaged, type Owner, type TransferRecord } from "../record.ts";
import type { Transfers, UploadInput } from "../transfers.ts";
import { largestObject } from "../upload/plan.ts";
import { type Control, inBackground, shownOwner } from "./control.ts";
import { newArchive, newDownload, newUpload, placeEntries, type Start } from "./new-record.ts";

type Beginnings = Pick<Transfers, "upload" | "uploadAll" | "save" | "saveArchive">;

export function createBeginnings(control: Control): Beginnings {
  const { deps, ledger, sources } = control;
  let highest = 0;
  ledger.listen((_before, after) => {
    highest = Math.max(highest, after?.rank ?? 0);
  });

  function startOf(owner: Owner): Start {
    highest += 1;
    return { owner, created: deps.now(), rank: highest };
  }

  /** @throws HoldallError `name-*`, `file-too-large` */
  function check(owner: Owner, { file, path }: UploadInput): void {
    deps.checkPath(owner.identity, path);
    if (file.size > largestObject) throw new HoldallError("file-too-large", { subs: [String(file.size)] });
  }

  /** Journals uploads and gives their files to the host. */
  async function take(uploads: { record: TransferRecord; file: Blob }[]): Promise<void> {
    const files: Source[] = uploads
      .filter(({ file }) => file.size > 0)
      .map(({ record, file }) => ({ transferId: record.id, source: file }));
    await prune();
    await sources.take(
      uploads.map(({ record }) => record),
      files,
    );
    control.pump();
  }

  /** Older ones leave the list when new ones come. */
  async function prune(): Promise<void> {
    const records = [...ledger.all()];
    const over = records.filter(({ state }) => state === "done" || state === "cancelled");
    const kept = records.every(hasEnded) ? keptEnded : mostEnded;
    if (over.length <= kept) return;
    over.sort((a, b) => (a.ended ?? 0) - (b.ended ?? 0));
    await ledger.remove(over.slice(0, over.length - kept).map(({ id }) => id));
  }

  /** Resolves when the bytes of an upload are safe; else nothing is left of it. */
  async function kept(id: string): Promise<void> {
    try {
      await untilStaged(ledger, sources, id, ledger.get(id)?.size ?? 0);
      if (ledger.get(id)?.live) throw new HoldallError("journal-full");
    } catch (error) {
      control.runner.stop(id);
      await ledger.remove([id]).catch(() => undefined);
      throw error;
    }
  }

  return {
    upload: async ({ owner: given, ...input }) => {
      const owner = given ?? (await shownOwner(control));
      const { id } = input;
      if (id !== undefined && !isUlid(id)) throw new HoldallError("internal", { subs: ["id is no ULID"] });
      check(owner, input);
      await control.checked();
      const known = id === undefined ? undefined : ledger.get(id);
      if (known !== undefined && !needsFile(known)) {
        if (!hasEnded(known) && !isStaged(known)) await kept(known.id);
        return { id: known.id };
      }
      // The bytes of an earlier life were not all there: whoever asks again has them anew.
      if (known !== undefined) await deps.journal.dropBytes(known.id);
      const record = newUpload(startOf(owner), input.file, input);
      await take([{ record, file: input.file }]);
      await kept(record.id);
      return { id: record.id };
    },
    uploadAll: async (files, given) => {
      const owner = given ?? (await shownOwner(control));
      await control.ready();
      const refused: { index: number; error: HoldallError }[] = [];
      const uploads: { record: TransferRecord; file: Blob }[] = [];
      for (const [index, input] of files.entries()) {
        try {
          check(owner, input);
          uploads.push({ record: newUpload(startOf(owner), input.file, input), file: input.file });
        } catch (error) {
          if (!(error instanceof HoldallError)) throw error;
          refused.push({ index, error });
        }
      }
      if (uploads.length > 0) await take(uploads);
      return { ids: uploads.map(({ record }) => record.id), refused };
    },
    save: async ({ path, etag, owner: given }) => {
      const owner = given ?? (await shownOwner(control));
      await control.ready();
      inBackground(prune());
      const record = newDownload(startOf(owner), { path, etag: etag ?? null });
      await ledger.add([record]);
      control.pump();
      return { id: record.id };
    },
    saveArchive: async ({ path, name, entries, owner: given }) => {
      const owner = given ?? (await shownOwner(control));
      await control.ready();
      inBackground(prune());
      const placed = placeEntries(entries);
      const record = newArchive(startOf(owner), { path, name, entries: placed });
      await ledger.add([record], placed);
      control.pump();
      return { id: record.id };
    },
  };
}
