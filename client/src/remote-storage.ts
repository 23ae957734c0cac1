/**
 * A backend for remoteStorage.js (https://remotestorage.io), beside its own for Dropbox and Google Drive: an app that was written
 * for it keeps its data in the person's bucket, and works offline as before. Files lie in the site's area under the very paths
 * that the app uses, without the slash at their beginning.
 *
 * remoteStorage.js finds out what changed by the versions of folders. S3 has none, so a folder's is a digest of the names and
 * versions of all files below it: one list of the area serves all folders of a round of synchronising.
 */
import type { Holdall } from "./create-holdall.ts";
import type { HoldallError } from "./holdall-error.ts";
import type { ErrorCode, FileBytes, ListedFile } from "./types.ts";

/** Of a `RemoteStorage`, what is used here. */
export interface RemoteStorageLike {
  remote: unknown;
  startSync?(): unknown;
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

/**
 * Gives a `RemoteStorage` its remote and begins to synchronise. Call it when the instance is `ready`; files have to be allowed, to
 * read and write. While the person is signed out or has paused the connection it is offline; it ends when they revoke it, or when
 * its time is over.
 * @returns what ends it
 */
export function useHoldall(storage: RemoteStorageLike, holdall: { files: Files } & Pick<Holdall, "on">): () => void {
  const remote = createRemote(holdall.files, storage);
  const end = () => {
    for (const stop of stops) stop();
    remote.connected = false;
    storage._emit("not-connected");
  };
  const stops = [
    holdall.on("change", () => {
      remote.forget();
      storage.startSync?.();
    }),
    holdall.on("disconnect", ({ reason }) => {
      if (reason === "revoked") end();
      else remote.reached(false);
    }),
    holdall.on("expired", end),
  ];
  storage.remote = remote;
  storage._emit("connected");
  return end;
}

function createRemote(files: Files, storage: RemoteStorageLike) {
  let listed: Promise<ListedFile[]> | undefined;
  const list = () => {
    if (!listed) setTimeout(remote.forget, listLasts);
    listed ??= all(files);
    return listed;
  };
  /** Statuses as of HTTP, which remoteStorage.js acts on; whatever may pass later rejects, and it tries again. */
  const answered = async (work: () => Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await work();
      remote.reached(true);
      return answer;
    } catch (error) {
      const { code } = error as HoldallError;
      // Somebody who has paused it refuses everything, for the time being.
      const statusCode = code === "refused" && !remote.online ? undefined : statusOf[code];
      remote.reached(!!statusCode);
      if (!statusCode) throw error;
      return { statusCode };
    }
  };
  const remote = {
    connected: true,
    online: true,
    userAddress: "",
    reached: (online: boolean) => {
      if (remote.online === online) return;
      remote.online = online;
      storage._emit(online ? "network-online" : "network-offline");
    },
    /** Another list is asked for next time. */
    forget: () => {
      listed = undefined;
    },
    /** Only to leave it: there is nothing that could be set. */
    configure: ({ token }: { token?: unknown }) => {
      remote.connected &&= token !== null;
    },
    stopWaitingForToken: () => {},
    /** Events of its own, which it has none of. */
    on: () => {},
    get: (path: string, { ifNoneMatch }: Match = {}) =>
      answered(async () =>
        path.endsWith("/") ? folder(await list(), path.slice(1), ifNoneMatch) : file(files, path, ifNoneMatch),
      ),
    put: (path: string, body: unknown, type: string, { ifMatch, ifNoneMatch }: Match = {}) =>
      answered(async () => {
        remote.forget();
        const match = ifNoneMatch ? { ifMatch: null } : ifMatch && { ifMatch };
        const { version } = await files.put(path.slice(1), bodyOf(body), { type, ...match });
        return { statusCode: 200, revision: version };
      }),
    delete: (path: string, { ifMatch }: Match = {}) =>
      answered(async () => {
        remote.forget();
        await files.delete(path.slice(1), { ...(ifMatch && { ifMatch }) });
        return { statusCode: 200 };
      }),
  };
  return remote;
}

async function all(files: Files): Promise<ListedFile[]> {
  const found: ListedFile[] = [];
  for await (const one of files.list({})) found.push(one);
  return found;
}

async function file(files: Files, path: string, ifNoneMatch: string | undefined): Promise<Answer> {
  const got = await files.get(path.slice(1));
  if (got.version === ifNoneMatch) {
    // Nothing was fetched but what is known of it.
    await got.stream().cancel();
    return { statusCode: 304, revision: got.version };
  }
  return { statusCode: 200, revision: got.version, contentType: got.type, body: await contentOf(got) };
}

async function contentOf(got: FileBytes): Promise<unknown> {
  const { type } = got;
  if (/charset=binary/i.test(type) || !/^text\/|charset=|xml|javascript|json/i.test(type))
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
  const text = JSON.stringify(files.map(({ path, version }) => [path, version]));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

function bodyOf(body: unknown): string | ArrayBuffer | ArrayBufferView | Blob {
  const asIs =
    typeof body === "string" || body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body);
  return asIs ? body : JSON.stringify(body);
}
