/** Chromium: the host's end of the port to the background. */
import { type FromHost, HostFailure, type HostLink, type ToHost, type Watch } from "../transfers/host/host-link.ts";
import type { HostPort } from "../transfers/host/port-link.ts";
import type { Heartbeat } from "./heartbeat.ts";

/** Milliseconds between two progress messages of a job. */
const progressInterval = 250;
/** Bytes below which the end of a request's body is not worth a message. */
const leastTold = 1024 ** 2;

type Call = Extract<ToHost, { type: "call" }>;

export interface ServedPort {
  /** Resolves when the port closes: true when something was under way or is held. What was under way is aborted. */
  closed: Promise<boolean>;
  /** Did the background ever ask for something? */
  served(): boolean;
}

/** Serves until the port closes. */
export function servePort(host: HostLink, port: HostPort, heartbeat: Heartbeat): ServedPort {
  const jobs = new Map<string, AbortController>();
  let open = true;
  let asked = false;
  const send = (message: FromHost) => {
    if (open) port.postMessage(message);
  };
  const mute = heartbeat.listen(() => send({ type: "alive" }));

  function progressOf(job: string): NonNullable<Watch["progress"]> {
    let last = Date.now();
    return (moved, total) => {
      const now = Date.now();
      // The end of a small one is told by its answer, which comes at once.
      if (now - last < progressInterval && (moved !== total || moved < leastTold)) return;
      last = now;
      send({ type: "progress", job, moved, total });
    };
  }

  async function run({ job, call, input }: Call): Promise<void> {
    const controller = new AbortController();
    jobs.set(job, controller);
    const watch: Watch = { signal: controller.signal, progress: progressOf(job) };
    try {
      if (!Object.hasOwn(host, call)) throw new HostFailure("host-lost");
      const work = host[call] as (...all: unknown[]) => Promise<unknown>;
      const result = await work(...input, watch);
      send({ type: "done", job, result });
    } catch (error) {
      send({ type: "failed", job, kind: error instanceof HostFailure ? error.kind : "host-lost" });
    } finally {
      jobs.delete(job);
    }
  }

  port.onMessage.addListener((raw) => {
    const message = raw as ToHost;
    asked = true;
    if (message.type === "cancel") jobs.get(message.job)?.abort();
    else if (message.type === "release") host.release(message.url);
    else void run(message);
  });
  const closed = new Promise<boolean>((resolve) => {
    port.onDisconnect.addListener(() => {
      open = false;
      mute();
      const busy = heartbeat.active;
      for (const controller of jobs.values()) controller.abort();
      // The `blob:` URLs stay: the browser may still be reading them for a file it saves.
      resolve(busy);
    });
  });
  return { closed, served: () => asked };
}
