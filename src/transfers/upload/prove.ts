import type { Run } from "../run.ts";

export interface Proof {
  /** As S3 writes it, with its quotes. */
  etag: string;
  /** The server's own, where its answer told it. */
  date?: string | undefined;
  /** No bytes were sent. */
  deduplicated?: boolean;
}

/** S3 has exactly these bytes: the upload is done, and everybody may know where they are. */
export async function prove(run: Run, { etag, date, deduplicated = false }: Proof): Promise<void> {
  const { deps } = run;
  const { owner, path, size, fingerprint } = run.record();
  await run.apply({ type: "proved", deduplicated });
  const at = Date.parse(date ?? "");
  deps.stored(owner, { path, size, etag, modifiedAt: Number.isNaN(at) ? deps.now() : at });
  if (fingerprint === null) return;
  // Not knowing it costs no more than sending the bytes again.
  await deps.journal.noteKnown(owner, fingerprint, { path, etag, at: deps.now() }).catch(() => undefined);
}
