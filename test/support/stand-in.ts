import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a stand-in behaves: silent (nothing listens), HTML with a status, a JSON document, or what another server answers. */
export type Manner = "silent" | { html: number } | { json: unknown } | { to: string };

/** A server on loopback that stands where a service should be. Its address stays while its manner changes. */
export interface StandIn {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  /** `127.0.0.1:PORT` */
  host: string;
  become(manner: Manner): Promise<void>;
  close(): Promise<void>;
}

const PAGE = "<!doctype html><title>Guest network</title><h1>Welcome</h1><p>Agree to the terms to go on.</p>";

export async function startStandIn(first: Manner): Promise<StandIn> {
  let manner: Manner = { html: 200 };
  const server = createServer((request, response) => {
    if (manner === "silent") response.destroy();
    else if ("to" in manner) passOn(request, response, manner.to);
    else if ("html" in manner) response.writeHead(manner.html, { "content-type": "text/html" }).end(PAGE);
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(manner.json));
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const become = async (next: Manner) => {
    if (next === "silent" && server.listening) await stop(server);
    if (next !== "silent" && !server.listening) await listen(server, port);
    manner = next;
  };
  await become(first);
  const host = `127.0.0.1:${port}`;
  return { origin: `http://${host}`, host, become, close: () => become("silent") };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** With the very headers, `host` included: a signature covers them. */
function passOn(request: IncomingMessage, response: ServerResponse, to: string): void {
  const { method, url = "/", headers } = request;
  const onward = ask(`${to}${url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}
