import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(ROOT, path)));
/** What a link may lead to: files, and folders that hold some. */
const targets = new Set(files.flatMap((path) => [path, ...foldersOf(path)]));
const pages = files.filter((path) => path.endsWith(".md"));

function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === "." ? [] : [folder, ...foldersOf(folder)];
}

/** Text outside of code blocks. */
function prose(path: string): string {
  return readFileSync(join(ROOT, path), "utf8").replace(/^ *```[^\n]*\n[\s\S]*?^ *```$/gm, "");
}

/** Headings as GitHub makes fragments of them. */
function fragments(path: string): string[] {
  const headings = prose(path).matchAll(/^#{1,6} +(.+)$/gm);
  return [...headings].map(([, text = ""]) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Links to files of this repository: `[path of the page, target as written]`. */
function links(path: string): string[] {
  const found = prose(path)
    .replace(/`[^`\n]*`/g, "code")
    .matchAll(/\]\(<?([^()\s>]+)>?(?: "[^"]*")?\)|^\[[^\]]+\]: *(\S+)/gm);
  return [...found].map(([, inline, named]) => inline ?? named ?? "").filter((link) => !/^[a-z]+:/i.test(link));
}

test("every link from one page to another leads somewhere", () => {
  expect(pages).toContain("docs/admin/README.md");
  const all = pages.flatMap((page) => links(page).map((link) => ({ page, link })));
  expect(all.length).toBeGreaterThan(40);
  const broken = all.filter(({ page, link }) => {
    const [path = "", fragment] = link.split("#");
    const target = path === "" ? page : normalize(join(dirname(page), path)).replace(/\/$/, "");
    if (!targets.has(target)) return true;
    return fragment !== undefined && target.endsWith(".md") && !fragments(target).includes(fragment);
  });
  expect(broken).toEqual([]);
});

test("every page of docs can be reached from the README", () => {
  const seen = new Set<string>();
  const visit = (page: string) => {
    if (seen.has(page) || !pages.includes(page)) return;
    seen.add(page);
    for (const link of links(page)) visit(normalize(join(dirname(page), link.split("#")[0] ?? "")));
  };
  visit("README.md");
  expect(pages.filter((page) => page.startsWith("docs/") && !seen.has(page))).toEqual([]);
});
