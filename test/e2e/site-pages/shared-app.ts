/** Runs in a connected page that several people open: a store, an app for remoteStorage.js, and a page that tries what it can. */
import RemoteStorage from "remotestoragejs";
import { findHoldall, type Holdall, type HoldallError } from "../../../client/src/index.ts";
import { type LocalStore, openLocalStore } from "../../../client/src/local-store.ts";
import { useHoldall } from "../../../client/src/remote-storage.ts";

let store: LocalStore;
let remote: RemoteStorage;

async function find(): Promise<Holdall> {
  const { holdall } = await findHoldall();
  if (holdall === null) throw new Error("no Holdall");
  return holdall;
}

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "stored",
    ({ code, detail }: HoldallError) => `${code} ${detail}`,
  );

const app = {
  async open(): Promise<void> {
    store = await openLocalStore(await find());
  },
  write(key: string, text: string): void {
    store.setItem(key, text);
  },
  flush: () => outcome(store.flush()),
  /** In the notes app, which hides its field from whoever is not connected. */
  note(text: string): void {
    document.querySelector<HTMLElement>("#add")?.click();
    const field = document.querySelector<HTMLTextAreaElement>("#text");
    if (field === null) throw new Error("no field");
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  },
  async tries(): Promise<string[]> {
    const { connect, permissions, items, files } = await find();
    const value = { text: "of alice" };
    return await Promise.all([
      outcome(items.put("note/alice", value)),
      outcome(items.batch([{ put: { key: "note/alice", value } }])),
      outcome(files.put("alice.txt", "of alice")),
      outcome(permissions()),
      outcome(connect({ items: "write" })),
    ]);
  },
  /** What is stored of whoever is signed in: texts of items, and files. */
  async all(): Promise<string[]> {
    const found: string[] = [];
    const { items } = await find();
    for await (const { value } of items.query<{ text: string }>()) found.push(value.text);
    return [...found, ...(await app.files())].sort();
  },
  async files(): Promise<string[]> {
    const found: string[] = [];
    for await (const { path } of (await find()).files.list()) found.push(path);
    return found;
  },
  async use(): Promise<void> {
    remote = new RemoteStorage({ modules: [{ name: "shopping", builder: (client) => ({ exports: client }) }] });
    remote.access.claim("shopping", "rw");
    remote.caching.enable("/shopping/");
    await new Promise<void>((resolve) => remote.on("ready", () => resolve()));
    await useHoldall(remote, await find());
  },
  async keep(path: string, text: string): Promise<void> {
    await remote.shopping.storeFile("text/plain", path, text);
    await remote.startSync().catch(() => {});
  },
  /** From what lies in the browser. */
  kept: async (path: string) => (await remote.shopping.getFile(path, false)).data ?? null,
};

export type SharedApp = typeof app;

Object.assign(globalThis, { app });
