import { onMessage } from "../../../src/platform/messages.ts";
import { type HostCall, HostFailure, type HostLink } from "../../../src/transfers/host/host-link.ts";

export interface HostQuestion {
  call: HostCall | "release";
  input: unknown[];
}

export type HostReply = { result: unknown } | { failure: string };

/** A page of the probe calls the host through its background, as Holdall's own services do. */
export function serveCalls(host: HostLink): void {
  onMessage((message) => answer(host, message as HostQuestion));
}

async function answer(host: HostLink, { call, input }: HostQuestion): Promise<HostReply> {
  const work = host[call] as (...all: unknown[]) => Promise<unknown>;
  try {
    return { result: await work(...input, { signal: new AbortController().signal }) };
  } catch (error) {
    return { failure: error instanceof HostFailure ? error.kind : String(error) };
  }
}
