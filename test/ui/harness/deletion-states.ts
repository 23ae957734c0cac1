import type { Page } from "puppeteer-core";
import type { FileRow } from "../../../src/messaging/view.ts";
import { errors, files, fixedNow, signedIn } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";

const gone = { ok: true, value: { deleteMarker: "v1" } } as const;

/** What lies in `letters/`: 1,240 files and the folder's own object. */
const inLetters: FileRow[] = ["", ...Array.from({ length: 1240 }, (_, index) => `${index}.md`)].map((name) => ({
  path: `letters/${name}`,
  size: name === "" ? 0 : 31_400,
  modifiedAt: fixedNow - 86_400_000,
  etag: `"${name}"`,
}));

const top = { ok: true, value: { files, folders: ["apps/", "letters/"], cursor: null } } as const;
const firstPage = { ok: true, value: { files: inLetters.slice(0, 1000), folders: [], cursor: "2" } } as const;
const lastPage = { ok: true, value: { files: inLetters.slice(1000), folders: [], cursor: null } } as const;
const versions = { ok: true, value: true } as const;
const counted = {
  "files.list": [top, firstPage, lastPage, top],
  "files.keepsVersions": versions,
} satisfies NonNullable<PageState["answers"]>;
const app = { page: "app", view: signedIn } as const;

export async function askFor(page: Page, ...folders: string[]): Promise<void> {
  for (const folder of folders) {
    await page.locator(`.row:has([title="${folder}"])`).wait();
    await page.focus(`.row:has([title="${folder}"])`);
    await page.keyboard.press("Space");
  }
  await page.keyboard.press("Delete");
  await page.locator("dialog").wait();
}

export async function confirm(page: Page): Promise<void> {
  await page.locator('dialog .danger:not([aria-disabled="true"])').click();
  await page.locator(".deletion").wait();
}

/** Folders that are deleted: asked about, under way, ended. */
export const deletionStates: PageState[] = [
  {
    ...app,
    name: "folder-delete-counting",
    answers: { "files.list": [top, firstPage, "never"] },
    act: async (page) => await askFor(page, "letters"),
  },
  {
    ...app,
    name: "folder-delete",
    answers: counted,
    act: async (page) => {
      await askFor(page, "letters");
      await page.locator('dialog .danger:not([aria-disabled="true"])').wait();
    },
  },
  {
    ...app,
    name: "folder-delete-forever",
    session: { "unversioned/acme-beta": true },
    answers: { ...counted, "files.list": [top, firstPage, lastPage, lastPage, top] },
    act: async (page) => {
      await askFor(page, "apps", "letters", "report.pdf");
      await page.locator('dialog .danger:not([aria-disabled="true"])').wait();
    },
  },
  {
    ...app,
    name: "folder-deleting",
    answers: { ...counted, "files.delete": [...Array.from({ length: 720 }, () => gone), "never"] },
    act: async (page) => {
      await askFor(page, "letters");
      await confirm(page);
      await page.locator("::-p-text(720 of)").wait();
    },
  },
  {
    ...app,
    name: "folder-deleted",
    answers: { ...counted, "files.delete": gone },
    act: async (page) => {
      await askFor(page, "letters");
      await confirm(page);
      await page.locator(".deletion.done").wait();
    },
  },
  {
    ...app,
    name: "folder-deleted-part",
    answers: {
      ...counted,
      "files.delete": [
        ...Array.from({ length: 3 }, () => ({ ok: false, error: errors.denied }) as const),
        { ok: false, error: { code: "file-changed", facts: { subs: ["letters/3.md"] } } },
        gone,
      ],
    },
    act: async (page) => {
      await askFor(page, "letters");
      await confirm(page);
      await page.locator(".deletion.failed").wait();
    },
  },
];
