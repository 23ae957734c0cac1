/**
 * Relays a page's requests. Nothing that a page says is believed: messages are counted before they are looked at, looked through
 * before they go on, and what a request may still say on its port is what its state allows.
 */
import type { FromPage, ToPage, ToSite } from "../messaging/site-channel.ts";
import { type SiteErrorCode, type SiteFault, siteErrorCodes } from "../shared/site/site-error.ts";
import type { Copied } from "./own-copy.ts";
import type { Opened, SiteLink } from "./site-link.ts";
import type { TokenBucket } from "./token-bucket.ts";

/** Safe to ask twice: what was under way when the background restarted is asked again. */
const repeatable = new Set([
  "connect",
  "permissions",
  "items.get",
  "items.query",
  "files.get",
  "files.list",
  "files.head",
]);

/** Milliseconds: a background that lived so long did not end by this request. */
const shortestLife = 5000;

interface Call {
  id: number;
  method: string;
  params: unknown;
  person: string | undefined;
  port: MessagePort;
  /** `waiting`: not sent yet. `asked`: its answer is awaited. `bytes`: pieces of a file follow. */
  state: "waiting" | "asked" | "bytes";
  /** A piece was asked for and has not come yet. */
  wants: boolean;
  /** Was sent before. */
  again: boolean;
  /** When it was sent, milliseconds of this document. */
  asked: number;
}

export interface Relay {
  /** @param request what came with the port, from the page */
  request(request: unknown, port: MessagePort): void;
  heard(message: Exclude<ToSite, { type: "welcome" }>): void;
  /** Nothing that was sent will be answered: reads wait to be asked again, all else has failed. */
  lost(): void;
  /** Asks what waits. */
  resume(): void;
}

interface RelayDeps {
  link: Pick<SiteLink, "open" | "isOpen" | "send">;
  bucket: TokenBucket;
  copy(value: unknown): Copied;
  /** Requests of one document that are under way at once. */
  most: number;
}

export function createRelay({ link, bucket, copy, most }: RelayDeps): Relay {
  const calls = new Map<number, Call>();
  /** Where the page script hears of events: the one that asked last. */
  let events: MessagePort | null = null;
  let last = 0;

  const finish = (call: Call, message: ToPage) => {
    calls.delete(call.id);
    tell(call.port, message);
    call.port.close();
  };
  const fail = (call: Call, code: SiteErrorCode) => {
    const error = fault(code);
    finish(call, call.state === "bytes" ? { type: "failed", error } : refusal(error));
  };
  const ask = (call: Call) => {
    const { id, method, params, person, again } = call;
    const whose = person !== undefined && { person };
    const sent = link.send({ type: "request", call: id, method, params, ...whose, ...(again && { again }) });
    call.asked = performance.now();
    if (!sent) return fail(call, link.isOpen() ? "invalid" : "unavailable");
    call.state = "asked";
  };
  const opened = (outcome: Opened) => {
    for (const call of [...calls.values()].filter(({ state }) => state === "waiting")) {
      if (outcome === "welcome") ask(call);
      else fail(call, outcome === "gone" ? "unavailable" : "not-connected");
    }
  };
  const start = (call: Call) => {
    if (link.isOpen()) ask(call);
    else link.open().then(opened);
  };
  const said = (call: Call, message: unknown) => {
    if (calls.get(call.id) !== call) return;
    const type = typeof message === "object" && message !== null ? (message as Partial<FromPage>).type : null;
    if (type === "cancel") {
      if (call.state !== "waiting") link.send({ type: "cancel", call: call.id });
      fail(call, "cancelled");
    } else if (type === "more" && call.state === "bytes" && !call.wants) {
      call.wants = true;
      if (!link.send({ type: "more", call: call.id })) fail(call, "unavailable");
    }
  };
  /** Of files whose next piece nobody asks for, the oldest one gives its place. */
  const dropUnread = () => {
    for (const call of calls.values()) {
      if (call.state !== "bytes" || call.wants) continue;
      link.send({ type: "cancel", call: call.id });
      return fail(call, "unavailable");
    }
  };
  return {
    request: (request, port) => {
      const refuse = (error: SiteFault) => {
        tell(port, refusal(error));
        port.close();
      };
      const wait = bucket.take();
      if (wait > 0) return refuse({ ...fault("over-limit"), retryAfter: wait });
      const { method, params, person } = request as { method?: unknown; params?: unknown; person?: unknown };
      if (typeof method !== "string" || method.length > 40) return refuse({ ...fault("invalid"), detail: "method" });
      if (person !== undefined && (typeof person !== "string" || person.length > 40))
        return refuse({ ...fault("invalid"), detail: "person" });
      if (method === "events") {
        events?.close();
        events = port;
        return tell(port, { type: "answer", result: { ok: true, value: null } });
      }
      if (calls.size >= most) dropUnread();
      if (calls.size >= most) return refuse({ ...fault("over-limit"), retryAfter: 1000 });
      const copied = copy(params);
      if (!copied.ok) return refuse({ ...fault(copied.fault), detail: "params" });
      const id = ++last;
      const call: Call = {
        ...{ id, method, params: copied.value, person, port },
        ...{ state: "waiting", wants: false, again: false, asked: 0 },
      };
      calls.set(id, call);
      port.onmessage = ({ data }) => said(call, data);
      start(call);
    },
    heard: (message) => {
      if (message.type === "event") return events === null ? undefined : tell(events, message);
      const call = calls.get(message.call);
      if (call === undefined) return;
      const { call: _, ...rest } = message;
      if (rest.type === "answer") {
        if (!rest.result.ok || call.method !== "files.get") return finish(call, rest);
        call.state = "bytes";
        return tell(call.port, rest);
      }
      call.wants = false;
      if (rest.type === "piece") tell(call.port, rest);
      else finish(call, rest);
    },
    lost: () => {
      for (const call of [...calls.values()]) {
        if (call.state === "waiting") continue;
        if (call.state === "bytes" || !mayBeAskedAgain(call)) fail(call, "unavailable");
        else Object.assign(call, { state: "waiting", again: true });
      }
    },
    resume: () => {
      if (calls.size > 0) link.open().then(opened);
    },
  };
}

/** Once; but a person may think for longer than a background lives, and one that ends at once is not asked for ever. */
function mayBeAskedAgain({ method, again, asked }: Call): boolean {
  if (method === "connect") return !again || performance.now() - asked > shortestLife;
  return !again && repeatable.has(method);
}

function fault(code: SiteErrorCode): SiteFault {
  return { code, message: siteErrorCodes[code] };
}

function refusal(error: SiteFault): ToPage {
  return { type: "answer", result: { ok: false, error } };
}

function tell(port: MessagePort, message: ToPage): void {
  try {
    port.postMessage(message);
  } catch {
    // Nothing of the background's cannot be cloned; a port that the page has closed takes everything.
  }
}
