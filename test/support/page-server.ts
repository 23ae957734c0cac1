import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A red 4×4 PNG. */
export const IMAGE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==",
  "base64",
);

/** Launch browsers with it to have pictures of another host. */
export const otherHost = "cdn.example";

export interface PageServer {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  port: number;
  /** Paths asked for, in order. */
  requests: string[];
  close(): Promise<void>;
}

/** A web site on loopback with one page that shows one image (`#picture`): something to right-click on. */
export async function startPageServer(): Promise<PageServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://page").pathname;
    requests.push(path);
    if (path === "/picture.png") {
      response.setHeader("content-type", "image/png").end(IMAGE);
    } else if (path === "/elsewhere") {
      // The picture lies at another host, as on pages with a content network.
      const picture = `http://${otherHost}:${request.headers.host?.split(":")[1] ?? ""}/picture.png`;
      const image = `<img id="picture" src="${picture}" width="120" height="120" alt="A red square">`;
      response
        .setHeader("content-type", "text/html; charset=utf-8")
        .end(`<!doctype html><title>A page</title>${image}`);
    } else if (path === "/") {
      response
        .setHeader("content-type", "text/html; charset=utf-8")
        .end(
          '<!doctype html><title>A page</title><img id="picture" src="/picture.png" width="120" height="120" alt="A red square">',
        );
    } else {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
