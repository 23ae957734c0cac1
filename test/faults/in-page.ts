/** Runs in pages of the extension: a function crosses as its text, so it names nothing from outside and no function within. */
import type { ElementHandle, Page } from "puppeteer-core";
import { bytesOf } from "./bytes.ts";
import type { PlannedFile } from "./plan.ts";

type Answer = { ok: true; value: unknown } | { ok: false; error: { code: string } };
type MadeBytes = typeof bytesOf;
type PickedFile = Pick<PlannedFile, "path" | "size" | "seed">;

/** Sends a command as a page of the extension does. */
export async function sendCommand(page: Page, command: string, input: object): Promise<Answer> {
  const message = JSON.stringify({ holdall: 1, command, input });
  return (await page.evaluate((text) => chrome.runtime.sendMessage(JSON.parse(text)), message)) as Answer;
}

/** `files.upload` of files that the page makes. */
export async function uploadMade(page: Page, files: PickedFile[], input: object): Promise<Answer> {
  return await inPage(page, sendMadeFiles, bytesOf, { files: files.map(crossing), input });
}

/** `transfers.provide` of a file that the page makes. */
export async function provideMade(page: Page, id: string, file: PickedFile): Promise<Answer> {
  return await inPage(page, provideMadeFile, bytesOf, { id, file: crossing(file) });
}

/** `files.upload` of files on disk, picked through an input. */
export async function uploadPicked(page: Page, onDisk: string[], paths: string[], input: object): Promise<Answer> {
  const picker = await pick(page, onDisk);
  return (await picker.evaluate(
    async (element, command) => {
      const files = [...(element.files ?? [])].map((file, index) => ({
        file,
        size: file.size,
        path: command.paths[index],
      }));
      element.remove();
      const message = { holdall: 1, command: "files.upload", input: { ...command.input, files } };
      return await chrome.runtime.sendMessage(message);
    },
    { paths, input },
  )) as Answer;
}

/** `transfers.provide` of a file on disk. */
export async function providePicked(page: Page, id: string, onDisk: string): Promise<Answer> {
  const picker = await pick(page, [onDisk]);
  return (await picker.evaluate(async (element, transfer) => {
    const [file] = element.files ?? [];
    element.remove();
    const input = { id: transfer, file, size: file?.size };
    return await chrome.runtime.sendMessage({ holdall: 1, command: "transfers.provide", input });
  }, id)) as Answer;
}

/** Gives files to the app's own input, which uploads them into the folder that it shows. */
export async function pickInApp(page: Page, prefix: string, onDisk: string[]): Promise<void> {
  const hash = `#/files/${prefix.split("/").map(encodeURIComponent).join("/")}`;
  await page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
  const picker = await page.waitForSelector("input[type=file][multiple]", { timeout: 5000 });
  if (picker === null) throw new Error("The app shows no input for files");
  await (picker as ElementHandle<HTMLInputElement>).uploadFile(...onDisk);
}

async function pick(page: Page, onDisk: string[]): Promise<ElementHandle<HTMLInputElement>> {
  const picker = (await page.evaluateHandle(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    document.body.append(input);
    return input;
  })) as ElementHandle<HTMLInputElement>;
  await picker.uploadFile(...onDisk);
  return picker;
}

const crossing = ({ path, size, seed }: PickedFile): PickedFile => ({ path, size, seed });

async function sendMadeFiles(
  make: MadeBytes,
  { files, input }: { files: PickedFile[]; input: object },
): Promise<Answer> {
  const made = files.map(({ path, size, seed }) => ({
    file: new File([make(size, seed)], "made", { lastModified: seed * 1000 }),
    size,
    path,
  }));
  return await chrome.runtime.sendMessage({ holdall: 1, command: "files.upload", input: { ...input, files: made } });
}

async function provideMadeFile(make: MadeBytes, { id, file }: { id: string; file: PickedFile }): Promise<Answer> {
  const { size } = file;
  const input = { id, file: new File([make(size, file.seed)], "made", { lastModified: file.seed * 1000 }), size };
  return await chrome.runtime.sendMessage({ holdall: 1, command: "transfers.provide", input });
}

/** As an expression: the extension's content security policy lets no page make a function from text. */
async function inPage<Input>(
  page: Page,
  work: (make: MadeBytes, input: Input) => Promise<Answer>,
  make: MadeBytes,
  input: Input,
): Promise<Answer> {
  return (await page.evaluate(`(${work})(${make}, ${JSON.stringify(input)})`)) as Answer;
}
