/** Chromium: the host's end of the port to the background. */
import { type FromHost, HostFailure, type HostLink, type HostResult, type ToHost } from "../transfers/host-link.ts";
import type { HostPort } from "../transfers/port-link.ts";
import { createHeartbeat } from "./heartbeat.ts";

/** Milliseconds between two progress messages of a job. */
const progressInterval = 250;

/** Serves until the port closes. `closed` resolves then: true when something was under way, all of which is aborted. */
export function servePort(host: HostLink, port: HostPort): { closed: Promise<boolean> } {
  const jobs = new Map<string, AbortController>();
  const urls = new Map<string, () => void>();
  let open = true;
  const send = (message: FromHost) => {
    if (open) port.postMessage(message);
  };
  const heartbeat = createHeartbeat(() => send({ type: "alive" }));

  function progressOf(job: string): (moved: number, total: number | null) => void {
    let last = 0;
    return (moved, total) => {
      const now = Date.now();
      if (now - last < progressInterval && moved !== total) return;
      last = now;
      send({ type: "progress", job, moved, total });
    };
  }

  async function work(message: Exclude<ToHost, { type: "cancel" | "release" }>, signal: AbortSignal) {
    const watch = { signal, progress: progressOf(message.job) };
    if (message.type === "digest") return await host.digest(message.transferId, watch);
    if (message.type === "put") return await host.put(message.transferId, message.request, watch);
    const result = await host.get(message.request, watch);
    if (result.fetched !== null) urls.set(result.fetched.url, heartbeat.hold());
    return result;
  }

  async function run(message: Exclude<ToHost, { type: "cancel" | "release" }>): Promise<void> {
    const { job } = message;
    const controller = new AbortController();
    jobs.set(job, controller);
    const release = heartbeat.hold();
    try {
      const result: HostResult = await work(message, controller.signal);
      send({ type: "done", job, result });
    } catch (error) {
      send({ type: "failed", job, kind: error instanceof HostFailure ? error.kind : "network" });
    } finally {
      release();
      jobs.delete(job);
    }
  }

  port.onMessage.addListener((raw) => {
    const message = raw as ToHost;
    if (message.type === "cancel") jobs.get(message.job)?.abort();
    else if (message.type === "release") {
      urls.get(message.url)?.();
      urls.delete(message.url);
      host.release(message.url);
    } else void run(message);
  });
  const closed = new Promise<boolean>((resolve) => {
    port.onDisconnect.addListener(() => {
      open = false;
      const busy = heartbeat.active;
      heartbeat.stop();
      for (const controller of jobs.values()) controller.abort();
      // The `blob:` URLs stay: the browser may still be reading them for a file it saves.
      resolve(busy);
    });
  });
  return { closed };
}
