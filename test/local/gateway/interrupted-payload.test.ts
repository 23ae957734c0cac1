import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import type { Authenticated } from "../../../local/gateway/authenticate.ts";
import { openPayload } from "../../../local/gateway/payload.ts";

const server = createServer();
afterEach(() => new Promise((resolve) => server.close(resolve)));

test("a service that reads a payload learns that the connection ended early", async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = request({ port, host: "127.0.0.1", method: "PUT", headers: { "content-length": 100_000 } });
  client.on("error", () => {});
  client.write(Buffer.alloc(50_000));
  const [incoming] = (await once(server, "request")) as [IncomingMessage];
  const body = buffer(openPayload(incoming, "UNSIGNED-PAYLOAD", {} as Authenticated, {}));
  setTimeout(() => client.destroy(), 20);
  await expect(body).rejects.toMatchObject({ name: "AwsError", code: "IncompleteBody" });
});
