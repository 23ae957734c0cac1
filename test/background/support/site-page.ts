import { createPort, extensionId } from "../../platform/fake-browser.ts";
import type { BackgroundWorld } from "./background-world.ts";

type Sent = {
  type: string;
  call?: number;
  person?: string;
  result?: { ok: boolean; value: unknown; error: { code: string; detail?: string } };
};

let tabs = 100;

/** A document of a site, as its scripts speak to the background: whom it is for is the first whom it was answered for. */
export function openSitePage(world: BackgroundWorld, origin: string, change: Record<string, unknown> = {}) {
  const port = createPort("site", {
    ...{ id: extensionId, origin, url: `${origin}/`, frameId: 0, tab: { id: ++tabs }, documentId: `document-${tabs}` },
    ...{ documentLifecycle: "active", ...change },
  });
  let call = 0;
  world.fake.runtime.onConnect.emit(port);
  const sent = () => port.sent as Sent[];
  const until = async <T>(find: () => T | undefined): Promise<T> => {
    for (let waited = 0; waited < 10_000; waited += 5) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(
      `No answer after ${sent()
        .map(({ type }) => type)
        .join()}`,
    );
  };
  const send = (message: unknown) => port.onMessage.emit(structuredClone(message));
  const answer = (number: number) =>
    until(() => sent().find(({ type, call: of }) => type === "answer" && of === number));
  return {
    port,
    send,
    sent,
    until,
    /** True when the site is connected. */
    async hello(): Promise<boolean> {
      send({ type: "hello" });
      return await until(() => {
        if (sent().some(({ type }) => type === "welcome")) return true;
        return port.isOpen() ? undefined : false;
      });
    },
    begin(method: string, params?: unknown): number {
      call += 1;
      const person = sent().find(({ type, person }) => type === "answer" && person !== undefined)?.person;
      send({ type: "request", call, method, params, ...(person !== undefined && { person }) });
      return call;
    },
    answer,
    async request(method: string, params?: unknown): Promise<unknown> {
      const { result } = await answer(this.begin(method, params));
      if (result?.ok) return result.value;
      throw Object.assign(new Error(JSON.stringify(result?.error)), result?.error);
    },
    async read(number: number): Promise<Blob> {
      const parts: Blob[] = [];
      for (;;) {
        const before = sent().length;
        send({ type: "more", call: number });
        const next = (await until(() =>
          sent()
            .slice(before)
            .find(({ call: of }) => of === number),
        )) as Sent & { bytes?: Blob };
        if (next.type === "end") return new Blob(parts);
        if (next.bytes === undefined) throw new Error(JSON.stringify(next));
        parts.push(next.bytes);
      }
    },
  };
}

export const terms = {
  ...{ files: "write", items: "write", folder: null, ownItems: false, until: null },
  limits: { requestsPerMinute: 6000, bytesPerDay: 1e9 },
} as const;

/** The whole way from the click in the popup to the person's yes. */
export async function connectSite(world: BackgroundWorld, origin: string, change: object = {}): Promise<void> {
  const tab = { id: ++tabs, url: `${origin}/`, title: "A page" };
  world.fake.openTabs.push(tab);
  world.fake.granted.add(`${new URL(origin).protocol}//${new URL(origin).hostname}/*`);
  await world.call("sites.connect", { profile: world.profile, tab: tab.id, held: true }, "/popup.html");
  const [address = ""] = [...world.fake.windows.opened.values()].slice(-1);
  const id = new URL(address).searchParams.get("id") ?? "";
  await allowSite(world, id, change);
  world.fake.openTabs.splice(0);
}

/** The person's yes in the window that asks. */
export async function allowSite(world: BackgroundWorld, id: string, change: object = {}): Promise<void> {
  const { identity } = await world.call("sites.consent", { id }, "/consent.html");
  const input = { id, identity: identity?.id, ...terms, ...change };
  await world.call("sites.allow", input as never, "/consent.html");
}
