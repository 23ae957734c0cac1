/**
 * A backend for remoteStorage.js (https://remotestorage.io), beside its own for Dropbox and Google Drive: an app that was written
 * for it keeps its data in the person's bucket, and works offline as before. Files lie in the site's area under the very paths
 * that the app uses.
 *
 * remoteStorage.js finds out what changed by the versions of folders. S3 has none, so a folder's is a digest of the names and
 * versions of all files below it: one list of the area serves all folders of a round of synchronising.
 */
import type { Holdall } from "./create-holdall.ts";
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

const statusOf: Partial<Record<ErrorCode, number>> = {
  ...{ "not-connected": 401, "signed-out": 401, refused: 403 },
  ...{ "not-found": 404, conflict: 412, "too-large": 413, invalid: 400 },
};

/**
 * Gives a `RemoteStorage` its remote and begins to synchronise. Call it when the instance is `ready`; files have to be allowed, to
 * read and write.
 * @returns what ends it
 */
export function useHoldall(storage: RemoteStorageLike, holdall: { files: Files } & Pick<Holdall, "on">): () => void {
  const remote = createRemote(holdall.files);
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
    holdall.on("disconnect", end),
    holdall.on("expired", end),
  ];
  storage.remote = remote;
  storage._emit("connected");
  return end;
}

function createRemote(files: Files) {
  let listed: { at: number; all: Promise<ListedFile[]> } | null = null;
  const list = () => {
    if (listed === null || Date.now() - listed.at > listLasts) listed = { at: Date.now(), all: all(files) };
    return listed.all;
  };
  const remote = {
    connected: true,
    online: true,
    userAddress: "",
    storageApi: "draft-dejong-remotestorage-13",
    /** Another list is asked for next time. */
    forget: () => {
      listed = null;
    },
    /** Only to leave it: there is nothing that could be set. */
    configure: ({ token }: { token?: unknown }) => {
      if (token === null) remote.connected = false;
    },
    stopWaitingForToken: () => {},
    /** Events of its own, which it has none of. */
    on: () => {},
    get: (path: string, { ifNoneMatch }: Match = {}) =>
      answered(async () =>
        path.endsWith("/")
          ? await folder(await list(), inArea(path), ifNoneMatch)
          : await file(files, path, ifNoneMatch),
      ),
    put: (path: string, body: unknown, type: string, { ifMatch, ifNoneMatch }: Match = {}) =>
      answered(async () => {
        remote.forget();
        const match = ifNoneMatch === "*" ? { ifMatch: null } : ifMatch === undefined ? {} : { ifMatch };
        const { version } = await files.put(inArea(path), bodyOf(body), { type, ...match });
        return { statusCode: 200, revision: version, contentType: type };
      }),
    delete: (path: string, { ifMatch }: Match = {}) =>
      answered(async () => {
        remote.forget();
        await files.delete(inArea(path), ifMatch === undefined ? {} : { ifMatch });
        return { statusCode: 200 };
      }),
  };
  return remote;
}

/** `/notes/a.txt` → `notes/a.txt` */
const inArea = (path: string) => path.replace(/^\/+/, "");

async function all(files: Files): Promise<ListedFile[]> {
  const found: ListedFile[] = [];
  for await (const one of files.list({})) found.push(one);
  return found;
}

async function file(files: Files, path: string, ifNoneMatch: string | undefined): Promise<Answer> {
  const got = await files.get(inArea(path));
  if (got.version === ifNoneMatch) {
    // Nothing was fetched but what is known of it.
    await got.stream().cancel();
    return { statusCode: 304, revision: got.version };
  }
  return { statusCode: 200, revision: got.version, contentType: got.type, body: await contentOf(got) };
}

async function contentOf(got: FileBytes): Promise<unknown> {
  const { type } = got;
  if (/charset=binary/i.test(type)) return await (await got.blob()).arrayBuffer();
  if (/^application\/(.+\+)?json/i.test(type)) {
    const text = await got.text();
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return /^text\/|charset=|xml|javascript/i.test(type) ? await got.text() : await (await got.blob()).arrayBuffer();
}

async function folder(all: ListedFile[], path: string, ifNoneMatch: string | undefined): Promise<Answer> {
  const below = all.filter((one) => one.path.startsWith(path) && one.path !== path);
  const revision = await digest(below);
  if (revision === ifNoneMatch) return { statusCode: 304, revision };
  const body: Record<string, object> = {};
  const folders = new Map<string, ListedFile[]>();
  for (const one of below) {
    const [name = "", ...rest] = one.path.slice(path.length).split("/");
    if (rest.length > 0) folders.set(`${name}/`, [...(folders.get(`${name}/`) ?? []), one]);
    else body[name] = { ETag: one.version, "Content-Type": "application/octet-stream", "Content-Length": one.size };
  }
  for (const [name, inside] of folders) body[name] = { ETag: await digest(inside) };
  return { statusCode: 200, revision, contentType: "application/json", body };
}

async function digest(files: ListedFile[]): Promise<string> {
  const lines = files.map(({ path, version }) => `${path}\n${version}\n`).sort();
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines.join("")));
  return Array.from(new Uint8Array(hash, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bodyOf(body: unknown): string | ArrayBuffer | ArrayBufferView | Blob {
  const asIs =
    typeof body === "string" || body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body);
  return asIs ? body : JSON.stringify(body);
}

/** Statuses as of HTTP, which remoteStorage.js acts on; whatever may pass later rejects, and it tries again. */
async function answered(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const statusCode = statusOf[(error as { code: ErrorCode }).code];
    if (statusCode === undefined) throw error;
    return { statusCode };
  }
}
