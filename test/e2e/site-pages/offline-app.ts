/** An app as one writes it for remoteStorage.js, on the person's bucket. Runs in a connected page. */
import RemoteStorage from "remotestoragejs";
import { findHoldall } from "../../../client/src/index.ts";
import { openLocalStore } from "../../../client/src/local-store.ts";
import { useHoldall } from "../../../client/src/remote-storage.ts";

async function run() {
  const { holdall } = await findHoldall();
  if (holdall === null) throw new Error("no Holdall");
  const storage = new RemoteStorage({
    modules: [
      {
        name: "shopping",
        builder: (client) => {
          client.declareType("list", { type: "object", properties: { name: { type: "string" } }, required: ["name"] });
          return { exports: client };
        },
      },
    ],
  });
  storage.access.claim("shopping", "rw");
  storage.caching.enable("/shopping/");
  await new Promise<void>((resolve) => storage.on("ready", () => resolve()));
  // Before there is a remote: it works offline.
  await storage.shopping.storeFile("text/plain", "today.txt", "bread");
  await storage.shopping.storeObject("list", "lists/week", { name: "Week" });
  const end = await useHoldall(storage, holdall);

  const until = async <T>(look: () => Promise<T | null | undefined | false>): Promise<T> => {
    for (let at = 0; at < 40; at++) {
      await storage.startSync();
      const found = await look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`never: ${look}`);
  };
  const textOf = async (path: string) => await (await holdall.files.get(path)).text();
  await until(() => holdall.files.head("shopping/today.txt"));
  await until(() => holdall.files.head("shopping/lists/week"));
  const sent = [await textOf("shopping/today.txt"), JSON.parse(await textOf("shopping/lists/week")).name];
  // Another device.
  await holdall.files.put("shopping/tomorrow.txt", "milk", { type: "text/plain" });
  await holdall.files.put("shopping/today.txt", "bread, butter", { type: "text/plain" });
  const fetched = await until(async () => (await storage.shopping.getFile("tomorrow.txt", false)).data);
  const changed = await until(async () => {
    const { data } = await storage.shopping.getFile("today.txt", false);
    return data !== "bread" && data;
  });
  await storage.shopping.remove("tomorrow.txt");
  await until(async () => (await holdall.files.head("shopping/tomorrow.txt")) === null);
  end();
  return { sent, fetched, changed };
}

/** A page that was written for localStorage. */
async function runLocal() {
  const { holdall } = await findHoldall();
  if (holdall === null) throw new Error("no Holdall");
  const open = () => openLocalStore(holdall, { prefix: "settings/" });
  const store = await open();
  store.setItem("theme", "light");
  store.setItem("theme", "dark");
  store.setItem("size", "2");
  store.removeItem("size");
  const atOnce = [store.getItem("theme"), store.getItem("size"), store.key(0), store.length];
  await store.flush();
  store.close();
  const again = await open();
  const later = [again.getItem("theme"), again.getItem("size"), again.length];
  again.clear();
  await again.flush();
  const cleared = (await open()).length;
  return { atOnce, later, cleared };
}

Object.assign(globalThis, { offlineApp: run, localApp: runLocal });
