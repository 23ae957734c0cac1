/**
 * A backend for remoteStorage.js (https://remotestorage.io), beside its own for Dropbox and Google Drive: an app that was written
 * for it keeps its data in the person's bucket, and works offline as before. Files lie in the site's area under the very paths
 * that the app uses, without the slash at their beginning.
 *
 * remoteStorage.js finds out what changed by the versions of folders. S3 has none, so a folder's is a digest of what is
 * listed of all files below it: one list of the area serves all folders of a round of synchronising.
 */
import type { Holdall } from "./create-holdall.ts";
import type { HoldallError } from "./holdall-error.ts";
import type { ErrorCode, FileBytes, ListedFile } from "./types.ts";

/** Of a `RemoteStorage`, what is used here. */
export interface RemoteStorageLike {
  remote: unknown;
  startSync?(): unknown;
  disconnect(): void;
  on(event: "disconnected", listener: () => void): void;
  _emit(event: string, ...input: unknown[]): void;
}

interface Answer {
  statusCode: number;
  revision?: string;
  contentType?: string;
  body?: unknown;
}

interface Match {
  ifMatch?: string;
  ifNoneMatch?: string;
}

type Files = Pick<Holdall["files"], "get" | "put" | "delete" | "list">;

/** Milliseconds that a list of the area is good for. */
const listLasts = 2000;

/** What is not here may pass: somebody signs in, the network comes back. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  "not-connected": 401,
  refused: 403,
  "not-found": 404,
  conflict: 412,
  "too-large": 413,
  invalid: 400,
};

/** Of `localStorage`: whose the files are that remoteStorage.js keeps in this browser. */
const owner = "holdall:person";

/**
 * Gives a `RemoteStorage` its remote and begins to synchronise. Call it when the instance is `ready`, and before anything that it
 * keeps is shown; files have to be allowed, to read and write. While the person is signed out or has paused the connection it is
 * offline; it ends when they revoke it, or when its time is over. What it keeps of another person is removed first, also what was
 * not sent yet; the page is then reloaded, and no promise settles.
 * @returns what ends it
 * @throws HoldallError as `permissions`
 */
export async function useHoldall(
  storage: RemoteStorageLike,
  holdall: { files: Files } & Pick<Holdall, "on" | "permissions">,
): Promise<() => void> {
  const { files } = holdall;
  const { person } = await holdall.permissions();
  localStorage[owner] ??= person;
  if (localStorage[owner] !== person)
    await new Promise(() => {
      storage.on("disconnected", () => {
        localStorage[owner] = person;
        location.reload();
      });
      storage.disconnect();
    });
  let listed: Promise<ListedFile[]> | undefined;
  const list = async () => {
    setTimeout(forget, listLasts);
    const found: ListedFile[] = [];
    for await (const one of files.list({})) found.push(one);
    return found;
  };
  /** Another list is asked for next time: after a write, too, since one that came meanwhile may not have it. */
  const forget = () => {
    listed = undefined;
  };
  const reached = (online: boolean) => {
    if (remote.online === online) return;
    remote.online = online;
    storage._emit(online ? "network-online" : "network-offline");
  };
  /** Statuses as of HTTP, which remoteStorage.js acts on; whatever may pass later rejects, and it tries again. */
  const answered = async (work: () => Promise<Answer>): Promise<Answer> => {
    try {
      // Another tab keeps files of somebody else by now, and this one reads the same.
      if (localStorage[owner] !== person) throw Error();
      const answer = await work();
      reached(true);
      return answer;
    } catch (error) {
      const { code } = error as HoldallError;
      // Somebody who has paused it refuses everything, for the time being.
      const statusCode = (remote.online || code !== "refused") && statusOf[code];
      reached(!!statusCode);
      if (!statusCode) throw error;
      return { statusCode };
    }
  };
  const remote = {
    connected: true,
    online: true,
    userAddress: "",
    /** Only to leave it: there is nothing that could be set. */
    configure: ({ token }: { token?: unknown }) => {
      remote.connected &&= token !== null;
    },
    stopWaitingForToken() {},
    /** Events of its own, which it has none of. */
    on() {},
    get: (path: string, { ifNoneMatch }: Match = {}) =>
      answered(async () => {
        if (!path.endsWith("/")) return file(files, path, ifNoneMatch);
        listed ??= list();
        return folder(await listed, path.slice(1), ifNoneMatch);
      }),
    put: (path: string, body: unknown, type: string, { ifMatch, ifNoneMatch }: Match = {}) =>
      answered(async () => {
        const match = ifNoneMatch ? { ifMatch: null } : ifMatch && { ifMatch };
        const { version } = await files.put(path.slice(1), bodyOf(body), { type, ...match }).finally(forget);
        return { statusCode: 200, revision: version };
      }),
    delete: (path: string, { ifMatch }: Match = {}) =>
      answered(async () => {
        await files.delete(path.slice(1), ifMatch ? { ifMatch } : {}).finally(forget);
        return { statusCode: 200 };
      }),
  };
  const end = () => {
    for (const stop of stops) stop();
    remote.connected = false;
    storage._emit("not-connected");
  };
  const stops = [
    holdall.on("change", () => {
      forget();
      storage.startSync?.();
    }),
    holdall.on("disconnect", ({ reason }) => {
      if (reason === "revoked") end();
      else reached(false);
    }),
    holdall.on("expired", end),
  ];
  storage.remote = remote;
  storage._emit("connected");
  return end;
}

async function file(files: Files, path: string, ifNoneMatch: string | undefined): Promise<Answer> {
  const got = await files.get(path.slice(1));
  const { version: revision, type: contentType } = got;
  if (revision !== ifNoneMatch) return { statusCode: 200, revision, contentType, body: await contentOf(got) };
  // Nothing was fetched but what is known of it.
  await got.stream().cancel();
  return { statusCode: 304, revision };
}

async function contentOf(got: FileBytes): Promise<unknown> {
  const { type } = got;
  if (!/^(?!.*charset=binary)(text\/|.*(charset=|xml|javascript|json))/i.test(type))
    return (await got.blob()).arrayBuffer();
  const text = await got.text();
  try {
    return /^application\/.*json/i.test(type) ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

async function folder(all: ListedFile[], path: string, ifNoneMatch: string | undefined): Promise<Answer> {
  const below = all.filter((one) => one.path.startsWith(path) && one.path !== path);
  const revision = await digest(below);
  if (revision === ifNoneMatch) return { statusCode: 304, revision };
  const body: Record<string, object> = {};
  for (const one of below) {
    const [name = "", deeper] = one.path.slice(path.length).split("/");
    if (deeper === undefined) body[name] = { ETag: one.version, "Content-Length": one.size };
    else body[`${name}/`] ??= { ETag: await digest(below.filter((other) => other.path.startsWith(`${path}${name}/`))) };
  }
  return { statusCode: 200, revision, contentType: "application/json", body };
}

/** Of a list, which comes in the order of its paths. */
async function digest(files: ListedFile[]): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await new Blob([JSON.stringify(files)]).arrayBuffer());
  return new Uint8Array(hash).join();
}

function bodyOf(body: unknown): string | ArrayBuffer | ArrayBufferView | Blob {
  const asIs =
    typeof body === "string" || body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body);
  return asIs ? body : JSON.stringify(body);
}
