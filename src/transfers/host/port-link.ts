/** Chromium: the background's end of the port to the offscreen document. */
import { type FromHost, type HostCall, HostFailure, type HostLink, type ToHost, type Watch } from "./host-link.ts";

/** The part of `runtime.Port` that is used. */
export interface HostPort {
  postMessage(message: unknown): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

export interface PortLink extends HostLink {
  /** A port named `hostPortName` from our own offscreen document; call from the listener that is registered at load. */
  accept(port: HostPort): void;
}

interface Job {
  port: HostPort;
  resolve(result: unknown): void;
  reject(failure: HostFailure): void;
  progress: Watch["progress"];
}

/** Milliseconds to wait for a new document to connect, and how often it is made. */
const patience = 5000;
const openings = 3;

export interface HostDocument {
  /** Makes sure that it exists. */
  open(): Promise<void>;
  exists(): Promise<boolean>;
}

type Answer<Call extends HostCall> = Awaited<ReturnType<HostLink[Call]>>;

export function createPortLink(document: HostDocument): PortLink {
  const jobs = new Map<string, Job>();
  let port: HostPort | null = null;
  let count = 0;
  let waiting: ((port: HostPort) => void)[] = [];
  let opening: Promise<HostPort> | null = null;
  const releases: string[] = [];

  function accept(next: HostPort): void {
    port = next;
    next.onMessage.addListener((message) => receive(message as FromHost));
    next.onDisconnect.addListener(() => {
      // A new document may have connected before the end of the old one was heard.
      if (port === next) port = null;
      for (const [id, job] of jobs) {
        if (job.port !== next) continue;
        jobs.delete(id);
        job.reject(new HostFailure("host-lost"));
      }
    });
    for (const resolve of waiting) resolve(next);
    waiting = [];
    for (const url of releases.splice(0)) release(url);
  }

  function receive(message: FromHost): void {
    if (message.type === "alive") return;
    const job = jobs.get(message.job);
    if (job === undefined) {
      // Cancelled while the answer was on its way: nobody will use its bytes.
      if (message.type === "done" && isComposed(message.result)) release(message.result.url);
      return;
    }
    if (message.type === "progress") {
      job.progress?.(message.moved, message.total);
      return;
    }
    jobs.delete(message.job);
    if (message.type === "done") job.resolve(message.result);
    else job.reject(new HostFailure(message.kind));
  }

  /** Told to the document that connects next when there is no port just now; one that is gone has freed its URLs itself. */
  function release(url: string): void {
    if (port === null) releases.push(url);
    else port.postMessage({ type: "release", url } satisfies ToHost);
  }

  async function connected(): Promise<HostPort> {
    for (let opened = 0; opened < openings; opened++) {
      // Listen first: the document may connect before `open` resolves.
      const arrival = new Promise<HostPort>((resolve) => waiting.push(resolve));
      // A document of an earlier life of the background closes itself just now: then it is made anew.
      await document.open().catch(() => undefined);
      const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience));
      const found = port ?? (await Promise.race([arrival, late]));
      if (found !== null) return found;
    }
    throw new HostFailure("host-lost");
  }

  async function ready(): Promise<HostPort> {
    if (port !== null) return port;
    opening ??= connected().finally(() => {
      opening = null;
    });
    return await opening;
  }

  async function run<Call extends HostCall>(call: Call, watch: Watch, ...input: unknown[]): Promise<Answer<Call>> {
    const to = await ready();
    if (watch.signal.aborted) throw new HostFailure("cancelled");
    count += 1;
    const id = String(count);
    return await new Promise<Answer<Call>>((resolve, reject) => {
      const cancel = () => {
        jobs.delete(id);
        // Aborts at the host within a message; the caller need not wait for it.
        if (port === to) to.postMessage({ type: "cancel", job: id } satisfies ToHost);
        reject(new HostFailure("cancelled"));
      };
      const end = () => watch.signal.removeEventListener("abort", cancel);
      watch.signal.addEventListener("abort", cancel, { once: true });
      jobs.set(id, {
        port: to,
        resolve: (result) => {
          end();
          resolve(result as Answer<Call>);
        },
        reject: (failure) => {
          end();
          reject(failure);
        },
        progress: watch.progress,
      });
      try {
        to.postMessage({ type: "call", job: id, call, input } satisfies ToHost);
      } catch (cause) {
        jobs.delete(id);
        end();
        reject(new HostFailure("host-lost", { cause }));
      }
    });
  }

  /** A document that does not exist holds nothing: it is not made to say so. */
  const mayHold = async () => port !== null || (await document.exists());

  return {
    accept,
    hold: (sources) => run("hold", unwatched(), sources),
    held: async () => ((await mayHold()) ? await run("held", unwatched()) : []),
    drop: async (transferIds) => {
      if (await mayHold()) await run("drop", unwatched(), transferIds);
    },
    stage: (input, watch) => run("stage", watch, input),
    matches: (input, watch) => run("matches", watch, input),
    digest: (input, watch) => run("digest", watch, input),
    put: (input, watch) => run("put", watch, input),
    send: (request, watch) => run("send", watch, request),
    open: (upload, request, watch) => run("open", watch, upload, request),
    fetch: (input, watch) => run("fetch", watch, input),
    take: (source, watch) => run("take", watch, source),
    compose: (transferId, pieces, watch) => run("compose", watch, transferId, pieces),
    release,
  };
}

function unwatched(): Watch {
  return { signal: new AbortController().signal };
}

function isComposed(result: unknown): result is Answer<"compose"> {
  return typeof result === "object" && result !== null && "url" in result && typeof result.url === "string";
}
