/** The pages that are captured. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { IMAGE } from "../../support/page-server.ts";

const ARTICLE = `<!doctype html><html><head><title>Of [brackets] &amp; more</title></head><body>
<div id="all"><h2 id="head">A heading</h2>
<p>Some <b>bold</b> words, <a href="../away?x=1#y">a link</a>, <a href="javascript:alert(1)">no link</a>.<script>var inside = 1;</script></p>
<p style="display:none">Never seen</p>
<p><img src="/picture.png" alt="A red square"></p>
<ul><li id="one">first item</li><li>second item</li></ul>
<pre id="code"><code class="language-js">let a = 1;
let b = 2;</code></pre>
<table><tr><td>a|b</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table></div>
<input id="field" value="words in a field">
<div id="host"></div>
<iframe id="inner" src="/inner"></iframe>
<script>
  const root = document.getElementById("host").attachShadow({ mode: "open" });
  root.innerHTML = "<p id=deep>In the shadow <em>tree</em>.</p>";
</script></body></html>`;

/** Stripes of 100 px: their number is in their colour. */
const stripes = (count: number, first = 0) =>
  Array.from({ length: count }, (_, more) => first + more)
    .map((at) => `<div style="height:100px;background:rgb(${at % 256},${Math.floor(at / 256)},200)"></div>`)
    .join("");
const FRAME =
  "body{margin:0}#fixed{position:fixed;top:0;left:40px;width:50px;height:20px;background:rgb(255,0,0);z-index:2}";
const LONG = `<!doctype html><title>Long</title><style>html{scroll-behavior:smooth}${FRAME}
#sticky{position:sticky;top:0;width:20px;height:20px;margin-top:-20px;background:rgb(0,255,0)}</style>
${stripes(6)}<div id="sticky"></div>${stripes(10, 6)}<div id="fixed"></div><div id="shadowy"></div>
<script>document.getElementById("shadowy").attachShadow({mode:"open"}).innerHTML = '<p style="position:fixed;left:120px;top:0;margin:0;width:50px;height:20px;background:rgb(255,0,0)"></p>';</script>`;

const pages: Record<string, string> = {
  "/long": LONG,
  "/tall": `<!doctype html><title>Tall</title><style>${FRAME}</style>${stripes(200)}<div id="fixed"></div>`,
  "/endless": `<!doctype html><title>Endless</title><div style="height:200000px"></div>`,
  "/article/one": ARTICLE,
  "/inner": `<!doctype html><title>Inner</title><p id="inside">Inside the <a href="deeper">frame</a></p>`,
  "/empty": "<!doctype html><title>Empty</title>",
};

export interface WebPages {
  origin: string;
  /** The same server under another origin. */
  foreign: string;
  close(): void;
}

export async function serveWebPages(): Promise<WebPages> {
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://page");
    const html = pages[pathname];
    if (html !== undefined) response.setHeader("content-type", "text/html; charset=utf-8").end(html);
    else if (pathname.endsWith(".png")) response.setHeader("content-type", "image/png").end(IMAGE);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    foreign: `http://localhost:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
