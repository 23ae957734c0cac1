import { signal } from "@preact/signals";
import { percentDecoded } from "../shared/percent-decoded.ts";

export type Route =
  | {
      page: "files" /** Folder: "" or ending with a slash. */;
      prefix: string /** Path of the file that is open. */;
      file: string | null;
    }
  | { page: "items" /** The item that is open, or a new one. */; open: { sortKey: string } | "new" | null }
  | { page: "captures" /** Id of the capture that is open. */; open: string | null }
  | { page: "sites" /** Origin of the site that is open. */; open: string | null }
  | { page: "transfers" }
  | { page: "activity" }
  | { page: "doctor" }
  | { page: "proof" }
  | { page: "setup" }
  | { page: "settings" }
  | { page: "import" /** A link to begin with: filled in, and nothing more. */; from: string | null };

/** Segments are encoded one by one: a name may hold `#`, `?` or `%`. */
const encode = (path: string) => path.split("/").map(encodeURIComponent).join("/");

const plain = ["settings", "setup", "transfers", "activity", "doctor", "proof"] as const;

function isPlain(page: string | undefined): page is (typeof plain)[number] {
  return (plain as readonly (string | undefined)[]).includes(page);
}

/** The route of a hash; what is not known leads to the files. */
export function parseRoute(hash: string): Route {
  const [page, ...rest] = hash.replace(/^#?\/?/, "").split("/");
  const path = rest.map(percentDecoded).join("/");
  if (isPlain(page)) return { page };
  if (page === "import" || page?.startsWith("import?")) return { page: "import", from: linkOf(hash) };
  if (page === "items?new") return { page: "items", open: "new" };
  if (page === "items") return { page, open: path === "" ? null : { sortKey: path } };
  if (page === "captures" || page === "sites") return { page, open: path === "" ? null : path };
  const folderEnd = page === "files" ? path.lastIndexOf("/") + 1 : 0;
  const file = page === "files" && folderEnd < path.length ? path : null;
  return { page: "files", prefix: page === "files" ? path.slice(0, folderEnd) : "", file };
}

/** `#/import?from=https://example.com`, encoded or not: people write such addresses by hand. */
function linkOf(hash: string): string | null {
  const from = /\?from=(.+)$/s.exec(hash)?.[1];
  return from === undefined ? null : percentDecoded(from);
}

export function formatRoute(route: Route): string {
  if (route.page === "import") {
    return route.from === null ? "#/import" : `#/import?from=${encodeURIComponent(route.from)}`;
  }
  if (route.page === "files") return `#/files/${encode(route.file ?? route.prefix)}`;
  if (route.page === "captures" || route.page === "sites") {
    return route.open === null ? `#/${route.page}` : `#/${route.page}/${encodeURIComponent(route.open)}`;
  }
  if (route.page !== "items") return `#/${route.page}`;
  if (route.open === null) return "#/items";
  // One segment: a sort key's slashes are its own.
  return route.open === "new" ? "#/items?new" : `#/items/${encodeURIComponent(route.open.sortKey)}`;
}

export const route = signal<Route>(parseRoute(""));

export function goTo(next: Route): void {
  location.hash = formatRoute(next);
}

/** Follows the address bar, once per page. */
export function followRoute(): void {
  const read = () => {
    route.value = parseRoute(location.hash);
  };
  addEventListener("hashchange", read);
  read();
}
