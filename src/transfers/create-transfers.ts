/** Uploads and downloads that survive the end of the background at any moment. */
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { isUlid, ulid } from "../shared/ulid.ts";
import { createLedger } from "./ledger.ts";
import { keptEnded, maxTransferSize, viewInterval } from "./limits.ts";
import { hasEnded, type TransferEvent } from "./machine.ts";
import { throttle } from "./progress.ts";
import { type Owner, sameOwner, type TransferRecord } from "./record.ts";
import { Stopped } from "./run.ts";
import { createRunner } from "./runner.ts";
import { toTransferView } from "./transfer-view.ts";
import type { TransferDeps, Transfers } from "./transfers.ts";

/** Reads nothing and sends nothing until it is used. */
export function createTransfers(deps: TransferDeps): Transfers {
  let loaded = false;
  const show = throttle(() => void publish(), viewInterval, deps.pause);
  const ledger = createLedger(deps.journal, () => void publish());
  const runner = createRunner(deps, ledger, show);

  async function publish(): Promise<void> {
    // Before the journal was read an empty list would be a lie.
    if (!loaded) return;
    const shown = await deps.owner();
    const now = deps.now();
    const mine = ledger.all().filter(({ owner }) => sameOwner(owner, shown));
    deps.changed(mine.reverse().map((record) => toTransferView(record, runner.meter(record.id), now)));
  }

  async function ready(): Promise<void> {
    await ledger.load();
    if (loaded) return;
    loaded = true;
    await publish();
  }

  async function stage(
    owner: Owner,
    fields: Pick<TransferRecord, "direction" | "path"> & Partial<TransferRecord>,
    bytes: Blob | null,
  ): Promise<{ id: string }> {
    await ready();
    const id = fields.id ?? ulid();
    if (ledger.get(id) !== undefined) return { id };
    const blank = { size: 0, contentType: "", crc32: null, ifExists: "fail", etag: null, state: "staged" } as const;
    const start = { unsure: false, saving: null, attempts: 0, renames: 0, error: null, created: deps.now() };
    const name = fields.path.slice(fields.path.lastIndexOf("/") + 1);
    await ledger.add({ ...blank, ...start, name, ...fields, owner, id }, bytes);
    await prune();
    runner.pump();
    return { id };
  }

  async function prune(): Promise<void> {
    const ended = ledger.all().filter(({ state }) => state === "done" || state === "cancelled");
    const old = ended.slice(0, Math.max(0, ended.length - keptEnded)).map(({ id }) => id);
    if (old.length > 0) await ledger.remove(old);
  }

  async function shownOwner(): Promise<Owner> {
    const owner = await deps.owner();
    if (owner === null) throw new HoldallError("signed-out");
    return owner;
  }

  /** The record, if it belongs to whom the page shows. */
  async function own(id: string): Promise<TransferRecord | null> {
    await ready();
    const record = ledger.get(id);
    return record !== undefined && sameOwner(record.owner, await deps.owner()) ? record : null;
  }

  /** An event that came too late is none. */
  async function applyIfStill(id: string, event: TransferEvent): Promise<void> {
    await ledger.apply(id, event).catch((error: unknown) => {
      if (!(error instanceof Stopped)) throw error;
    });
  }

  return {
    upload: async ({ file, path, ifExists, contentType, id, owner: given }) => {
      const owner = given ?? (await shownOwner());
      if (id !== undefined && !isUlid(id)) throw new HoldallError("internal", { subs: ["id is no ULID"] });
      deps.checkPath(owner.identity, path);
      if (file.size > maxTransferSize) throw new HoldallError("file-too-large", { subs: [String(file.size)] });
      const type = contentType ?? (file.type === "" ? "application/octet-stream" : file.type);
      const fields = { direction: "upload", path, ifExists, size: file.size, contentType: type } as const;
      return await stage(owner, id === undefined ? fields : { ...fields, id }, file);
    },
    save: async ({ path, etag, owner: given }) => {
      const owner = given ?? (await shownOwner());
      return await stage(owner, { direction: "download", path, etag: etag ?? null }, null);
    },
    cancel: async (id) => {
      const record = await own(id);
      if (record === null || hasEnded(record)) return;
      runner.stop(id);
      await applyIfStill(id, { type: "cancelled" });
      runner.pump();
    },
    retry: async (id, ifExists) => {
      const record = await own(id);
      if (record?.state === "waiting") {
        await applyIfStill(id, { type: "resumed" });
        runner.pump();
        return;
      }
      if (record === null || !hasEnded(record) || record.state === "done") return;
      if (record.direction === "upload" && (await deps.journal.bytes(id)) === undefined) {
        throw new HoldallError("file-unreadable", { subs: [record.name] });
      }
      await applyIfStill(id, { type: "retried", ifExists });
      runner.pump();
    },
    dismiss: async (id) => {
      const record = await own(id);
      if (record !== null && hasEnded(record)) await ledger.remove([id]);
    },
    resume: async () => {
      await ready();
      for (const { id, state, owner } of ledger.all()) {
        if (state !== "waiting" || (await deps.identity(owner.profile)) !== owner.identity) continue;
        await applyIfStill(id, { type: "resumed" }).catch((error: unknown) => log.warn("transfer not resumed", error));
      }
      runner.pump();
    },
    suspend: async (profile, spared) => {
      const error = { code: "signed-out", facts: {} } as const;
      // What the browser saves from memory needs no session any more.
      const active = ledger.all().filter(({ state }) => ["staged", "sending", "fetching", "waiting"].includes(state));
      const affected = active.filter(({ owner }) => owner.profile === profile && owner.identity !== spared);
      for (const { id } of affected) runner.stop(id);
      // A journal that cannot be written must not hold up a sign-out: the requests are stopped already.
      await Promise.allSettled(affected.map(({ id }) => ledger.apply(id, { type: "blocked", error, counted: false })));
      runner.pump();
    },
    forget: async ({ profile, identity }) => {
      await ready();
      const theirs = ledger.all().filter(({ owner }) => {
        return owner.profile === profile && (identity === undefined || owner.identity === identity);
      });
      for (const { id } of theirs) runner.stop(id);
      if (theirs.length > 0) await ledger.remove(theirs.map(({ id }) => id));
    },
    publish: async () => {
      await ready();
      await publish();
    },
    settled: async (id) => {
      await ready();
      return await ledger.settled(id);
    },
    known: async (id) => {
      await ready();
      return ledger.get(id) !== undefined;
    },
    busy: (profile) =>
      ledger.all().some((record) => {
        if (hasEnded(record) || (profile !== undefined && record.owner.profile !== profile)) return false;
        const { code } = record.error ?? {};
        return record.state !== "waiting" || (code !== "signed-out" && code !== "session-ended");
      }),
  };
}
