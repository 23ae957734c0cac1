import { signal } from "@preact/signals";
import type { WireError } from "../../shared/result.ts";
import { currentOwner } from "../state/owner.ts";

export interface PickedFile {
  file: File;
  /** Where it goes inside the folder. */
  path: string;
}

/** Files on their way to the background. From there on they are transfers of the view. */
export interface Adding {
  done: number;
  total: number;
}

export const adding = signal<Adding | null>(null);

/** A file that could not be taken: its name, its size or the file itself is wrong. */
export interface Refusal {
  path: string;
  error: WireError;
}

/** They stay until the person took note of them: twenty bad names are twenty rows. */
export const refusals = signal<Refusal[]>([]);

let stop = new AbortController();

// Of one person, and gone with them.
currentOwner.subscribe(() => {
  stopAdding();
  refusals.value = [];
});

/** Aborts when the person stops the adding, or is not the one any more whose files they are. */
export function addingSignal(): AbortSignal {
  return stop.signal;
}

/** What was added already stays a transfer. */
export function stopAdding(): void {
  stop.abort();
  stop = new AbortController();
  adding.value = null;
}

export function refuse(path: string, error: WireError): void {
  refusals.value = [...refusals.value, { path, error }];
}

export function dismissRefusals(which: Refusal[]): void {
  const gone = new Set(which);
  refusals.value = refusals.value.filter((refusal) => !gone.has(refusal));
}
