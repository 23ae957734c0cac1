import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface DeclaringServer {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  close(): Promise<void>;
}

const good = JSON.stringify({ files: "read", folder: "letters", reason: "For the letters." });

/** What is wrong with a declaration, by the path of the page that makes it. */
export const wrong = ["other-origin", "redirect", "too-large", "no-json", "no-form", "not-found"] as const;

/** Pages that say what they would like: `/good` as it should be, and `wrong`. @param elsewhere an origin that serves a good one */
export async function startDeclaringServer(elsewhere: string | null): Promise<DeclaringServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://page").pathname.slice(1);
    const [name = "", ending] = path.split(".");
    if (ending === undefined) {
      const link = name === "other-origin" ? `${elsewhere}/good.json` : `${name}.json`;
      response
        .setHeader("content-type", "text/html")
        .end(`<!doctype html><title>${name}</title><link rel="icon" href="data:,"><link rel="holdall" href="${link}">`);
      return;
    }
    // Whoever could read it would be let: what stands in the way is to be Holdall's own.
    response.setHeader("access-control-allow-origin", "*").setHeader("content-type", "application/json");
    if (name === "good") response.end(good);
    else if (name === "redirect") response.writeHead(302, { location: "/good.json" }).end();
    else if (name === "too-large") response.end(good + " ".repeat(64 * 1024));
    else if (name === "no-json") response.end(good.slice(0, -1));
    else if (name === "no-form") response.end(good.replace("read", "all"));
    else response.writeHead(404).end(good);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
