// @ts-check
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

/** The beginning of a PNG of 1,000 × 1,000 pixels: what follows is not looked at. */
const head = Buffer.from("89504e470d0a1a0a0000000d49484452000003e8000003e80802000000", "hex");

/**
 * A web site on loopback: `/picture/<anything>.png` is an image of `size` bytes, each time another one; `/long` is a page of
 * `height` pixels that is not of one colour.
 *
 * @param {{ size: number, height: number }} options
 */
export async function startPictureServer({ size, height }) {
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/picture/")) {
      response.setHeader("content-type", "image/png").end(Buffer.concat([head, randomBytes(size - head.length)]));
      return;
    }
    const rows = Array.from({ length: height / 40 }, (_, index) => {
      return `<p style="background: hsl(${(index * 37) % 360} 60% 80%)">Line ${index} of a page that is long</p>`;
    });
    response
      .setHeader("content-type", "text/html; charset=utf-8")
      .end(`<!doctype html><title>Long</title><style>* { margin: 0 } p { height: 40px }</style>${rows.join("")}`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    port: address.port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
