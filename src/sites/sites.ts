/**
 * Answers what connected pages ask: form, grant and limits are checked here, then the storage that was granted is asked. This is
 * the inner wall; a site's own credentials and IAM's role stand behind it.
 */
import { siteMethods } from "../messaging/site-methods.ts";
import type { SiteDay } from "../messaging/sites-view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import type { SiteResult } from "../shared/site/site-error.ts";
import type { SiteGrant, SiteWish } from "../shared/site/site-grant.ts";
import { createAdmission, type Granted } from "./admission.ts";
import { checkShape } from "./check-shape.ts";
import { createDayLimit } from "./day-limit.ts";
import type { GrantBook, SiteOwner } from "./grant-book.ts";
import { judge, methodOf, nameOf, paramsOf, permissionsOf } from "./judge.ts";
import { createLimits } from "./limits.ts";
import { type Outcome, partAnswer, partsOf, runMethod, type Sending, type StorageMethod } from "./run-method.ts";
import { endOf, faultOf, SiteProblem } from "./site-problem.ts";
import type { SiteStorage } from "./site-storage.ts";

export interface SitesDeps {
  book: GrantBook;
  /** Who is signed in to the profile that is shown. */
  owner(): Promise<SiteOwner | null>;
  /** What a grant leads to. @throws HoldallError `signed-out` and those of an exchange */
  storage(owner: SiteOwner, grant: SiteGrant): Promise<SiteStorage>;
  /**
   * Asks the person, who may have to sign in first. Null: they said no, or did not answer.
   * @param caller its tab is the one that the window opens beside
   */
  ask(caller: SiteCaller, wish: SiteWish, signal: AbortSignal): Promise<{ owner: SiteOwner; grant: SiteGrant } | null>;
  /** What the site knows them by. @throws HoldallError of the storage, where it is not known yet */
  person(owner: SiteOwner, origin: string): Promise<string>;
  /** Before a write: so that the person finds what a site stored, on every device. */
  beforeWrite(owner: SiteOwner, grant: SiteGrant): Promise<void>;
  /** A site wrote: told to its other documents of this person. */
  changed(origin: string, what: { items: string[]; files: string[] }, by: { person: string; document: string }): void;
  now(): number;
}

/** The document that asks. */
export interface SiteCaller {
  origin: string;
  /** Unique to the document in this life of the background. */
  id: string;
  tab: number | null;
  /** Whom the document is for, by its own word: null before it was answered for anybody. A wrong one harms the page alone. */
  person: string | null;
  /** Told as soon as it is known whom the request is answered for, however it ends. */
  serves(person: string): void;
  /** The very request was asked before, of a background that ended meanwhile. */
  again: boolean;
}

/** Reads the next piece of a file; null at its end. */
export type ReadPiece = (signal: AbortSignal) => Promise<Blob | null>;

export interface SiteAnswer {
  result: SiteResult;
  /** Of `files.get`. */
  pieces?: ReadPiece;
}

export interface Sites {
  /** Never rejects. */
  request(caller: SiteCaller, method: string, params: unknown, signal: AbortSignal): Promise<SiteAnswer>;
}

/** Bytes of the pieces of a file: the first one is small, so that something comes soon. */
const pieceSizes = { first: 1_000_000, later: 16_000_000 };

export function createSites(deps: SitesDeps): Sites {
  const limits = createLimits(deps.now);
  const day = createDayLimit(deps.book, deps.now);
  const { connect, granted } = createAdmission(deps);

  async function request(
    caller: SiteCaller,
    name: string,
    input: unknown,
    signal: AbortSignal,
  ): Promise<{ value: unknown; pieces?: ReadPiece }> {
    const method = methodOf(name);
    checkShape(input);
    const params = paramsOf(method, input);
    if (method === "connect") return { value: await connect(caller, params as never, signal) };
    const admitted = await granted(caller);
    const { owner, grant, person } = admitted;
    const site = `${owner.profile} ${owner.identity} ${caller.origin}`;
    const parts = method === "items.batch" ? partsOf(params as never) : null;
    limits.count(site, grant.limits.requestsPerMinute, parts?.length);
    if (method === "permissions") return { value: permissionsOf(grant, person) };
    const work = async (): Promise<{ value: unknown; pieces?: ReadPiece }> => {
      const storage = await deps.storage(owner, grant);
      const once = async (one: StorageMethod, its: unknown) => {
        const run = async (sending: Sending) => {
          // Noted too, so that the person sees what a site tries beyond what they gave.
          judge(one, its, grant);
          if (siteMethods[one].needs.access === "write") await deps.beforeWrite(owner, grant);
          // Paused, ended or signed out since it began: nothing is sent any more.
          if (signal.aborted) throw endOf(signal);
          const outcome = await runMethod(one, its as never, storage, { signal, sending });
          if (outcome.file !== undefined) await day.check(owner, grant, outcome.file.end - outcome.file.start);
          return outcome;
        };
        return await noted({ caller, ...admitted }, one, its, run);
      };
      if (parts !== null) return { value: await batch(parts, once, signal) };
      const { answer, file } = await once(method as StorageMethod, params);
      return { value: answer, ...(file !== undefined && { pieces: piecesOf(storage, file, caller, owner, site) }) };
    };
    return await limits.slot(site, signal, () => day.holding(owner, grant, bytesOfBody(params), work));
  }

  async function noted(
    { caller, owner, grant, person }: Granted & { caller: SiteCaller },
    method: StorageMethod,
    params: unknown,
    run: (sending: Sending) => Promise<Outcome>,
  ): Promise<Outcome> {
    const at = deps.now();
    let begun = 0;
    const { origin } = grant;
    const note = async (entry: Partial<Outcome>, result: "done" | "refused" | "failed") => {
      const use: Partial<Omit<SiteDay, "day">> = {
        ...entry.use,
        requests: 1,
        ...(result === "refused" && { refused: 1 }),
      };
      const name = entry.name ?? nameOf(params);
      const before = entry.before ?? { kind: "none", reason: "not-a-write" };
      await deps.book.addUse(owner, origin, at, use);
      const area = { folder: grant.folder, ownItems: grant.ownItems };
      const row = { origin, at, method, name, size: entry.size ?? null, outcome: result, before, area };
      await deps.book.note(owner, [row]);
    };
    try {
      const outcome = await run((bytes) => {
        begun += bytes;
      });
      // What is done is done: a journal that fails must not make the page write again.
      await note(outcome, "done").catch((error) => log.warn("sites", error));
      if (outcome.changed.items.length + outcome.changed.files.length > 0) {
        deps.changed(origin, outcome.changed, { person, document: caller.id });
      }
      return outcome;
    } catch (error) {
      const result = faultOf(error).code === "refused" ? "refused" : "failed";
      // Of what was cut off nobody knows how much was sent: all of it, or a site could send without end.
      await note({ use: { written: begun } }, result).catch((failure) => log.warn("sites", failure));
      throw error;
    }
  }

  function piecesOf(
    storage: SiteStorage,
    { path, etag, start, end }: NonNullable<Outcome["file"]>,
    caller: SiteCaller,
    owner: SiteOwner,
    site: string,
  ): ReadPiece {
    let at = start;
    const next = async (signal: AbortSignal) => {
      const present = await deps.owner();
      if (present?.profile !== owner.profile || present.identity !== owner.identity)
        throw new HoldallError("signed-out");
      // Revoked, paused or at its end meanwhile: what is under way ends too.
      const { grant } = await granted(caller);
      judge("files.get", { path }, grant);
      const to = Math.min(end, at + (at === start ? pieceSizes.first : pieceSizes.later));
      const read = to - at;
      return await day.holding(owner, grant, read, async () => {
        try {
          const bytes = await storage.files.piece({ path, etag, start: at, end: to }, signal);
          at = to;
          return bytes;
        } finally {
          // Of what was cut off nobody knows how much had come.
          await deps.book.addUse(owner, caller.origin, deps.now(), { read }).catch((error) => log.warn("sites", error));
        }
      });
    };
    return async (signal) => {
      if (at >= end) return null;
      // Each piece has a place of its own: none is taken for a file that nobody reads on. As many may wait as files were opened.
      return await limits.slot(site, signal, () => next(signal), Number.POSITIVE_INFINITY);
    };
  }

  return {
    async request(caller, method, params, signal) {
      try {
        const { value, pieces } = await request(caller, method, params, signal);
        if (signal.aborted) throw endOf(signal);
        return { result: { ok: true, value }, ...(pieces !== undefined && { pieces }) };
      } catch (error) {
        if (!(error instanceof SiteProblem) && !(error instanceof HoldallError)) log.warn("sites", error);
        return { result: { ok: false, error: signal.aborted ? endOf(signal).fault : faultOf(error) } };
      }
    },
  };
}

/** Operations of one batch that run at once: it has one place among the site's requests. */
const inBatch = 4;

async function batch(
  parts: ReturnType<typeof partsOf>,
  once: (method: StorageMethod, params: unknown) => Promise<Outcome>,
  signal: AbortSignal,
): Promise<object[]> {
  const answers: object[] = [];
  const left = parts.entries();
  const work = async () => {
    for (const [at, { method, params }] of left) {
      try {
        if (signal.aborted) throw endOf(signal);
        answers[at] = partAnswer({ value: (await once(method, params)).answer });
      } catch (error) {
        answers[at] = partAnswer({ error });
      }
    }
  };
  await Promise.all(Array.from({ length: inBatch }, work));
  return answers;
}

/** Bytes that a request brings along. */
function bytesOfBody(params: unknown): number {
  const { body } = params as { body?: unknown };
  return body instanceof Blob ? body.size : 0;
}
