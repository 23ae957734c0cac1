/** The pages that are captured. */
import { randomBytes } from "node:crypto";
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

/** @param foreign another origin, which lets nobody read its pictures */
const rich = (foreign: string) => `<!doctype html><html lang="en"><head><title>Rich &amp; poor</title>
<meta charset="utf-8"><meta http-equiv="refresh" content="1000"><base href="/deep/">
<link rel="stylesheet" href="../main.css" media="screen"><link rel="preload" as="script" href="x.js">
<style>#styled { color: rgb(1, 2, 3); background: url(../picture.png) } @media print { p { color: red } }</style>
</head><body onload="window.loaded = 1"><p id="styled" onclick="alert(1)">Styled --&gt; &amp; &lt;safe&gt;</p>
<img id="near" src="../picture.png" width="9"><img id="far" src="${foreign}/picture.png">
<a id="bad" href=" java&#10;script:alert(1)">bad</a><a id="place" href="/rich#styled">place</a><a id="away" href="away?a=1&b=2">away</a>
<form action="send"><input id="typed" value="before"><input id="secret" type="password" value="old"><input id="box" type="checkbox" checked>
<textarea id="area">old</textarea><select id="choice"><option>one</option><option>two</option></select></form>
<pre id="pre">\n\nsecond line</pre><div id="host">light</div><canvas id="canvas" width="4" height="4"></canvas>
<iframe id="inner" src="/inner"></iframe><iframe id="other" src="${foreign}/inner"></iframe>
<noscript>no</noscript><script>window.ran = 1;
const sheet = new CSSStyleSheet(); sheet.replaceSync("#in { color: rgb(4, 5, 6) }");
const root = document.getElementById("host").attachShadow({ mode: "open" });
root.innerHTML = "<p id=in>shadow</p><slot></slot>"; root.adoptedStyleSheets = [sheet];
document.getElementById("typed").value = 'after "quotes"'; document.getElementById("secret").value = "sesame-1234";
document.getElementById("box").checked = false; document.getElementById("area").value = "\\nnew </textarea>";
document.getElementById("choice").selectedIndex = 1;
const context = document.getElementById("canvas").getContext("2d"); context.fillStyle = "red"; context.fillRect(0, 0, 4, 4);
document.head.append(Object.assign(document.createElement("style"), { id: "ruled" }));
document.getElementById("ruled").sheet.insertRule("#near { border: 3px solid rgb(7, 8, 9) }");
</script></body></html>`;
const MAIN = `@import "more.css" screen; body { margin: 11px } /* url(not-this.png) */ @font-face { font-family: never; src: url(never.woff2) }`;
const files: Record<string, [type: string, body: string]> = {
  "/main.css": ["text/css", MAIN],
  "/more.css": ["text/css", "#place { background: url('picture.png'); color: rgb(10, 11, 12) }"],
};
/** Bytes that nothing makes smaller. */
const BIG = randomBytes(9 * 1024 * 1024);

const pages: Record<string, string> = {
  "/big": `<!doctype html><title>Big</title>${Array.from({ length: 5 }, (_, at) => `<img src="/big-${at}.png">`).join("")}`,
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
  /** Paths that were asked for. */
  requests: string[];
  /** Pages to be served besides. */
  saved: Map<string, string>;
  close(): void;
}

export async function serveWebPages(): Promise<WebPages> {
  const requests: string[] = [];
  const saved = new Map<string, string>();
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://page");
    const html = pathname === "/rich" ? rich(`http://localhost:${port}`) : (saved.get(pathname) ?? pages[pathname]);
    const file = files[pathname];
    requests.push(pathname);
    if (file !== undefined) return void response.setHeader("content-type", file[0]).end(file[1]);
    if (pathname.startsWith("/big-")) return void response.setHeader("content-type", "image/png").end(BIG);
    if (html !== undefined) response.setHeader("content-type", "text/html; charset=utf-8").end(html);
    else if (pathname.endsWith(".png")) response.setHeader("content-type", "image/png").end(IMAGE);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    foreign: `http://localhost:${port}`,
    requests,
    saved,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
