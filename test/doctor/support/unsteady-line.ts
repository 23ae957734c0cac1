import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** A line to a server that can be cut, or can swallow what is sent. */
export interface UnsteadyLine {
  /** Base URL of this end. */
  url: string;
  /** `http://127.0.0.1:port` of the other end. */
  target: string;
  /** Connections of before are ended by the change. */
  state: "up" | "cut" | "silent";
  close(): void;
}

export async function openLine(): Promise<UnsteadyLine> {
  const sockets = new Set<Socket>();
  let state: UnsteadyLine["state"] = "up";
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    sockets.add(near);
    near.on("error", () => {}).on("close", () => sockets.delete(near));
    if (state === "cut") return void near.destroy();
    if (state === "silent") return void near.resume();
    const far = connect(Number(new URL(line.target).port), "127.0.0.1");
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
    near.on("close", () => far.destroy());
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const line: UnsteadyLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: "",
    get state() {
      return state;
    },
    set state(next) {
      state = next;
      endAll();
    },
    close() {
      endAll();
      server.close();
    },
  };
  return line;
}
