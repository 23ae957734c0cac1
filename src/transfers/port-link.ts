/** Chromium: the background's end of the port to the offscreen document. */
import {
  type Digest,
  type FromHost,
  type HostAnswer,
  HostFailure,
  type HostLink,
  type HostResult,
  type ToHost,
  type Watch,
} from "./host-link.ts";

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
  resolve(result: HostResult): void;
  reject(failure: HostFailure): void;
  progress: Watch["progress"];
}

/** Milliseconds to wait for a new document to connect, and how often it is made. */
const patience = 5000;
const openings = 3;

/** @param open makes sure that the offscreen document exists */
export function createPortLink(open: () => Promise<void>): PortLink {
  const jobs = new Map<string, Job>();
  let port: HostPort | null = null;
  let count = 0;
  let waiting: ((port: HostPort) => void)[] = [];
  let opening: Promise<HostPort> | null = null;

  function accept(next: HostPort): void {
    port = next;
    next.onMessage.addListener((message) => receive(message as FromHost));
    next.onDisconnect.addListener(() => {
      if (port !== next) return;
      port = null;
      for (const job of jobs.values()) job.reject(new HostFailure("host-lost"));
      jobs.clear();
    });
    for (const resolve of waiting) resolve(next);
    waiting = [];
  }

  function receive(message: FromHost): void {
    if (message.type === "alive") return;
    const job = jobs.get(message.job);
    if (job === undefined) {
      // Cancelled while the answer was on its way: nobody will use its bytes.
      if (message.type === "done" && "fetched" in message.result && message.result.fetched !== null) {
        release(message.result.fetched.url);
      }
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

  /** A document that is gone has freed its URLs itself. */
  function release(url: string): void {
    port?.postMessage({ type: "release", url } satisfies ToHost);
  }

  async function connected(): Promise<HostPort> {
    for (let opened = 0; opened < openings; opened++) {
      // Listen first: the document may connect before `open` resolves.
      const arrival = new Promise<HostPort>((resolve) => waiting.push(resolve));
      // A document of an earlier life of the background closes itself just now: then it is made anew.
      await open().catch(() => undefined);
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

  async function run<T extends HostResult>(watch: Watch, message: (job: string) => ToHost): Promise<T> {
    const to = await ready();
    if (watch.signal.aborted) throw new HostFailure("cancelled");
    count += 1;
    const id = String(count);
    return await new Promise<T>((resolve, reject) => {
      const cancel = () => {
        jobs.delete(id);
        // Aborts at the host within a message; the caller need not wait for it.
        if (port === to) to.postMessage({ type: "cancel", job: id } satisfies ToHost);
        reject(new HostFailure("cancelled"));
      };
      const end = () => watch.signal.removeEventListener("abort", cancel);
      watch.signal.addEventListener("abort", cancel, { once: true });
      jobs.set(id, {
        resolve: (result) => {
          end();
          resolve(result as T);
        },
        reject: (failure) => {
          end();
          reject(failure);
        },
        progress: watch.progress,
      });
      to.postMessage(message(id));
    });
  }

  return {
    accept,
    digest: (transferId, watch) => run<Digest>(watch, (job) => ({ type: "digest", job, transferId })),
    put: (transferId, request, watch) => run<HostAnswer>(watch, (job) => ({ type: "put", job, transferId, request })),
    get: (request, watch) => run(watch, (job) => ({ type: "get", job, request })),
    release,
  };
}
