/** A web site whose pictures lie at another host, behind a cookie and a Referer, and whose other sources are bad. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { IMAGE, otherHost } from "../../support/page-server.ts";
import { SITE_HOST } from "../../support/test-world.ts";

export interface SourceSite {
  port: number;
  /** `http://notes.example:PORT` */
  origin: string;
  /** Paths asked for, with what came along. */
  requests: { path: string; host: string; cookie: string; referer: string }[];
  close(): Promise<void>;
}

/** Distinct bytes by name: what is there already is not stored twice. */
export function picture(name: string): Buffer {
  return Buffer.concat([IMAGE, Buffer.from(name)]);
}

export const sound = Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0\0"), Buffer.alloc(2000, 7)]);
export const video = Buffer.concat([Buffer.from("\0\0\0\x18ftypisom\0\0\0\0isommp42"), Buffer.alloc(3000, 9)]);

function pageOf(port: number): string {
  const cdn = `http://${otherHost}:${port}`;
  return `<!doctype html><meta charset="utf-8"><title>Of "cats" / and dogs</title>
<style>body { margin: 0; font: 16px sans-serif } img { width: 60px; height: 60px; background: #ccc }</style>
<p id="words">Some <b>bold</b> words and <a id="link" href="/files/report.csv">a report</a>.</p>
<img id="near" src="/near.png"><img id="far" src="${cdn}/far.png">
<img id="redirected" src="/redirected.png"><img id="inside" src="http://127.0.0.1:${port}/inside.png">
<img id="html" src="/html.png"><img id="empty" src="/empty.png"><img id="broken" src="/broken.png">
<img id="data" src="data:image/png;base64,${picture("data").toString("base64")}"><img id="blob">
<audio id="sound" src="/sound.mp3" controls></audio>
<video id="video" src="/video.mp4" controls width="120" height="60"></video>
<div id="spot" style="height: 20px; background: #eef"></div>
<div id="body" style="height: 3000px; background: linear-gradient(#fff, #88f)">long</div>
<script>
  fetch("data:image/png;base64,${picture("blob").toString("base64")}").then((r) => r.blob())
    .then((b) => { document.querySelector("#blob").src = URL.createObjectURL(b); });
</script>`;
}

export async function startSourceSite(): Promise<SourceSite> {
  const requests: SourceSite["requests"] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    const { cookie = "", referer = "", host = "" } = request.headers;
    requests.push({ path: pathname, host, cookie, referer });
    answer(pathname, request, response, (server.address() as AddressInfo).port);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://${SITE_HOST}:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function answer(path: string, request: IncomingMessage, response: ServerResponse, port: number): void {
  const { cookie = "", referer = "" } = request.headers;
  const send = (type: string, body: Buffer | string) => response.setHeader("content-type", type).end(body);
  switch (path) {
    case "/":
      response.setHeader("set-cookie", "known=yes; Path=/");
      send("text/html; charset=utf-8", pageOf(port));
      return;
    case "/cookie":
      response.setHeader("set-cookie", "known=yes; Path=/");
      send("text/html", "<!doctype html><title>Hello</title>");
      return;
    case "/near.png":
      send("image/png", picture("near"));
      return;
    case "/far.png":
      // As content networks do against other sites that show their pictures.
      if (!cookie.includes("known=yes") || !referer.startsWith(`http://${SITE_HOST}`)) response.writeHead(403).end();
      else send("application/octet-stream", picture("far"));
      return;
    case "/redirected.png":
      response.writeHead(302, { location: `http://127.0.0.1:${port}/secret.png` }).end();
      return;
    case "/secret.png":
    case "/inside.png":
      send("image/png", picture(path));
      return;
    case "/html.png":
      send("image/png", "<!doctype html><p>Sign in first");
      return;
    case "/empty.png":
      send("image/png", "");
      return;
    case "/broken.png":
      response.writeHead(200, { "content-type": "image/png", "content-length": "100000" });
      response.write(picture("broken"));
      setTimeout(() => response.destroy(), 100);
      return;
    case "/sound.mp3":
      send("audio/mpeg", sound);
      return;
    case "/video.mp4":
      send("video/mp4", video);
      return;
    case "/files/report.csv":
      response.setHeader("content-disposition", "attachment; filename*=UTF-8''B%C3%A9ric%20ht.csv");
      send("text/csv", "a,b\n1,2\n");
      return;
    default:
      response.writeHead(404).end();
  }
}
