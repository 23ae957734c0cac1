/** What the orders of the person, new transfers and the life of the background work with. */
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import type { Ledger } from "../journal/ledger.ts";
import type { TransferEvent } from "../machine.ts";
import type { Runner } from "../queue/runner.ts";
import type { Sources } from "../queue/sources.ts";
import { type Owner, sameOwner, type TransferRecord } from "../record.ts";
import { Stopped } from "../run.ts";
import type { TransferDeps } from "../transfers.ts";

export interface Control {
  deps: TransferDeps;
  ledger: Ledger;
  runner: Runner;
  sources: Sources;
  /** The journal is read. @throws HoldallError `journal-damaged` */
  ready(): Promise<void>;
  /** As `ready`, and it is known which sources are there still. */
  checked(): Promise<void>;
  /** Starts what may run and copies what may be copied. */
  pump(): void;
  /** Aborts multipart uploads that nobody needs, soon. */
  sweep(): void;
}

/** @throws HoldallError `signed-out` */
export async function shownOwner({ deps }: Control): Promise<Owner> {
  const owner = await deps.owner();
  if (owner === null) throw new HoldallError("signed-out");
  return owner;
}

/** The records of whom the page shows. */
export async function ownRecords({ deps, ledger, ready }: Control): Promise<TransferRecord[]> {
  await ready();
  const shown = await deps.owner();
  return [...ledger.all()].filter(({ owner }) => sameOwner(owner, shown));
}

/** The same event for many, in one transaction. One that came too late is none. @throws HoldallError `journal-*` */
export async function applyAll(
  ledger: Ledger,
  ids: readonly string[],
  eventOf: (id: string) => TransferEvent,
): Promise<void> {
  const results = await Promise.allSettled(ids.map((id) => ledger.apply(id, eventOf(id))));
  for (const result of results) {
    if (result.status === "rejected" && !(result.reason instanceof Stopped)) throw result.reason;
  }
}

/** For what nobody waits for. */
export function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => log.warn("transfers", error));
}
