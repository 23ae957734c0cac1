/** A background that welcomes pages of 127.0.0.1 and answers with what it was asked, so that the way between can be seen alone. */
import type { FromSite, ToSite } from "../../../src/messaging/site-channel.ts";
import { browser } from "../../../src/platform/browser.ts";
import { onConnect, onMessage, type Port } from "../../../src/platform/messages.ts";
import type { SiteResult } from "../../../src/shared/site/site-error.ts";

export type SiteProbeQuestion =
  | { do: "drop" }
  | { do: "event"; event: Extract<ToSite, { type: "event" }>["event"]; person?: string }
  | { do: "content" }
  | { do: "count" }
  | { do: "discard" | "show" | "remove"; url: string }
  | { do: "welcome"; welcome: boolean };

const ports = new Set<Port>();
let welcome = true;
let requests = 0;
let cancelled = 0;
let mores = 0;
let hellos = 0;
const asked: string[] = [];

// Both browsers register the same way as the real background does.
const registered = browser.scripting
  .unregisterContentScripts()
  .catch(() => {})
  .then(() =>
    browser.scripting.registerContentScripts([
      { id: "site", matches: ["http://127.0.0.1/*"], js: ["content.js"], runAt: "document_start", allFrames: true },
    ]),
  );

onConnect((port) => {
  if (port.name !== "site") return;
  ports.add(port);
  port.onDisconnect.addListener(() => ports.delete(port));
  port.onMessage.addListener((message: unknown) => void heard(port, message as FromSite));
});

onMessage((message) => answer(message as SiteProbeQuestion));

async function answer(question: SiteProbeQuestion): Promise<unknown> {
  await registered;
  if (question.do === "drop") for (const port of [...ports]) drop(port);
  if (question.do === "event") {
    const { event, person } = question;
    for (const port of ports) say(port, { type: "event", event, ...(person !== undefined && { person }) });
  }
  if (question.do === "welcome") welcome = question.welcome;
  if (question.do === "content") {
    for (const { id } of await browser.tabs.query({ url: "http://127.0.0.1/*" }))
      if (id !== undefined) await browser.scripting.executeScript({ target: { tabId: id }, files: ["content.js"] });
  }
  if ("url" in question) {
    const [tab] = (await browser.tabs.query({})).filter(({ url }) => url === question.url);
    if (tab?.id === undefined) throw new Error(`No tab at ${question.url}`);
    if (question.do === "discard") await discard(tab.id, question.url);
    if (question.do === "show") await browser.tabs.update(tab.id, { active: true });
    if (question.do === "remove") await browser.tabs.remove(tab.id);
  }
  const urls = [...ports].map(({ sender }) => sender?.url ?? "");
  return { requests, cancelled, mores, hellos, urls, ports: ports.size, asked: [...asked] };
}

/** A tab that has just been left is in view still, and browsers discard none that is. */
async function discard(tab: number, url: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    await browser.tabs.discard(tab).catch(() => {});
    if ((await browser.tabs.query({ discarded: true })).some((one) => one.url === url)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} is not discarded`);
}

/** The side that disconnects hears nothing of it. */
function drop(port: Port): void {
  ports.delete(port);
  port.disconnect();
}

const say = (port: Port, message: ToSite) => port.postMessage(message);

async function heard(port: Port, message: FromSite): Promise<void> {
  const tab = port.sender?.tab?.id;
  if (message.type === "hello") {
    hellos += 1;
    if (!welcome || tab === undefined || port.sender?.frameId !== 0) return drop(port);
    const target = { tabId: tab, frameIds: [0] };
    await browser.scripting.executeScript({ target, files: ["page.js"], world: "MAIN", injectImmediately: true });
    return say(port, { type: "welcome" });
  }
  if (message.type === "cancel") cancelled += 1;
  if (message.type === "more") {
    mores += 1;
    const left = pieces.get(message.call) ?? [];
    const bytes = left.shift();
    say(port, bytes ? { type: "piece", call: message.call, bytes } : { type: "end", call: message.call });
  }
  if (message.type !== "request") return;
  requests += 1;
  asked.push(message.method);
  const result = await resultOf(message);
  // Whom it is answered for, as the page wishes.
  const person = message.method === "whose" && { person: String(message.params) };
  if (result !== null) say(port, { type: "answer", call: message.call, result, ...person });
}

const pieces = new Map<number, Blob[]>();

async function resultOf({
  call,
  method,
  params,
  person,
}: Extract<FromSite, { type: "request" }>): Promise<SiteResult | null> {
  if (method === "never" || (method === "permissions" && asked.filter((one) => one === method).length === 1))
    return null;
  if (method === "files.get") {
    pieces.set(call, [new Blob(["one "]), new Blob(["two "]), new Blob(["three"])]);
    const value = { path: "a.txt", size: 13, type: "text/plain", version: "v1", modifiedAt: 1 };
    return { ok: true, value };
  }
  if (method === "files.put") {
    const { body, ...rest } = params as { body: Blob };
    return { ok: true, value: { ...rest, text: await body.text(), type: body.type } };
  }
  if (method === "whose") return { ok: true, value: person ?? null };
  if (method === "refused") return { ok: false, error: { code: "refused", message: "No.", detail: "files" } };
  return { ok: true, value: params };
}
