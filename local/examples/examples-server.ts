import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Handler } from "../http/listen.ts";

const types: Record<string, string> = { ".html": "text/html; charset=utf-8", ".json": "application/json" };

/** Serves the files of a folder, and their list: the example pages, on an origin of their own like any site has. */
export function createExamplesHandler(folder: string): Handler {
  return async (request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? "/", "http://examples").pathname.slice(1));
    try {
      const names = (await readdir(folder)).filter((file) => extname(file) in types);
      if (name === "") {
        const rows = names.filter((file) => file.endsWith(".html")).map((file) => `<li><a href="${file}">${file}</a>`);
        response.setHeader("content-type", types[".html"] ?? "");
        return void response.end(`<!doctype html><title>Examples</title><ul>${rows.join("")}</ul>`);
      }
      // Names that are in the folder, so that no path leads out of it.
      if (!names.includes(name)) return void response.writeHead(404).end();
      response.setHeader("content-type", types[extname(name)] ?? "");
      response.setHeader("cache-control", "no-store");
      response.end(await readFile(join(folder, name)));
    } catch {
      response.writeHead(500).end();
    }
  };
}
