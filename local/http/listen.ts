import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** Milliseconds that requests under way get to finish when a server closes. */
const GRACE_MS = 500;

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface LoopbackServer {
  port: number;
  /** `http://127.0.0.1:<port>`, no trailing slash. */
  url: string;
  /** Before this is called every request is answered 503. */
  serve(handler: Handler): void;
  close(): Promise<void>;
}

/** The port is in use. */
export class PortTakenError extends Error {
  override name = "PortTakenError";
  constructor(readonly port: number) {
    super(`Port ${port} on 127.0.0.1 is taken. Stop what uses it, or choose another with --port N.`);
  }
}

/**
 * Binds a server to 127.0.0.1, so that the URL is known before its handler is built.
 *
 * @param port 0 for any free port
 * @throws {PortTakenError}
 */
export async function listen(port: number): Promise<LoopbackServer> {
  let handler: Handler = (_request, response) => void response.writeHead(503).end();
  // The gateway writes the Date of the server's own (adjustable) clock.
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0, noDelay: true }, (request, response) =>
    handler(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTakenError(port) : error),
    );
    server.listen({ port, host: "127.0.0.1", backlog: 1024 }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has an address with a port.");
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    serve(next) {
      handler = next;
    },
    close() {
      return new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}
