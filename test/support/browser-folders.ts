import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface BrowserFolders {
  profileDir: string;
  downloadDir: string;
  remove(): Promise<void>;
}

/** Folders of one browser under the system's temporary folder; given ones are used in place and never removed. */
export async function makeBrowserFolders(given: {
  profileDir?: string;
  downloadDir?: string;
}): Promise<BrowserFolders> {
  const folder = await mkdtemp(join(tmpdir(), "holdall-browser-"));
  const { profileDir = join(folder, "profile"), downloadDir = join(folder, "downloads") } = given;
  const folders = { profileDir, downloadDir };
  await mkdir(folders.profileDir, { recursive: true });
  await mkdir(folders.downloadDir, { recursive: true });
  // The browser's last processes may still write for a moment.
  return { ...folders, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) };
}
