/** Files that cannot be taken, and names that S3 cannot hold. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AwsAccess, accessAs } from "../../support/aws-access.ts";
import { poll } from "../../support/poll.ts";
import { textOf } from "../../support/texts.ts";
import { goTo, importProfile, mendProfile, picture, type Stage, seesError, seesRest, signInAgain } from "./stage.ts";

const FOLDER = join(tmpdir(), `holdall-bad-files-${process.pid}`);

async function fileNamed(name: string, content = "a note"): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, name), content);
  return join(FOLDER, name);
}

export function fileTests(stage: () => Stage, everywhereOnly: boolean): void {
  let alice: AwsAccess;
  beforeAll(async () => {
    alice = await accessAs(stage().world, "alice");
  });
  afterAll(async () => {
    alice?.close();
    await rm(FOLDER, { recursive: true, force: true });
  });

  const stored = async (path: string): Promise<string | undefined> => {
    const identity = stage().world.aws.people.find(({ name }) => name === "alice")?.subject;
    const { Body } = await alice.s3.send(new GetObjectCommand({ Bucket: alice.bucket, Key: `${identity}/${path}` }));
    return Body?.transformToString();
  };

  test.each([
    ["..", "name-dot-segment", ["../"]],
    ["plans/../..", "name-dot-segment", ["plans/../../"]],
    ["tab\there", "name-control-character", ["tab\\there/"]],
    ["x".repeat(1010), "name-too-long", ["1,028"]],
    ["long/".repeat(600), "name-too-long", ["3,017"]],
  ] as const)("a folder cannot be called %j, and the name stays to be corrected", async (name, code, subs) => {
    const { app } = stage();
    await goTo(stage(), "/files/");
    await app.click(textOf("new_folder"));
    await app.paste(textOf("folder_name"), name);
    await app.click(textOf("folder_open"));
    await seesError(stage(), { code, subs: [...subs] });
    await picture(stage(), `folder ${code} ${name.length}`);
    expect(await app.value(textOf("folder_name"))).toBe(name);
    expect(await app.page.evaluate(() => location.hash)).toBe("#/files/");
    await app.click(textOf("cancel"));
  });

  test("a name with a control character is refused, and the reason is read beside it", async () => {
    const { app } = stage();
    await goTo(stage(), "/files/");
    await app.pick(textOf("choose_files"), await fileNamed("two\nlines.txt"));
    await seesError(stage(), { code: "name-control-character", subs: ["two\\nlines.txt"] });
    await picture(stage(), "file control character");
    await app.click(textOf("dismiss_name", "two lines.txt"));
  });

  test("a name that is too long with its folders is refused", async () => {
    const { app } = stage();
    const folder = `${"f".repeat(800)}/`;
    await goTo(stage(), `/files/${folder}`);
    await app.pick(textOf("choose_files"), await fileNamed("n".repeat(250)));
    await seesError(stage(), { code: "name-too-long", subs: ["1,068"] });
    await picture(stage(), "file name too long");
    await app.click(textOf("dismiss_name", "n".repeat(250)));
    await goTo(stage(), "/files/");
  });

  test("a file that vanished after it was picked is said to be gone", async () => {
    const { app } = stage();
    const path = await fileNamed("gone.txt");
    await goTo(stage(), "/files/");
    // The person picks; before the page is told, somebody deletes.
    await app.page.evaluate(() => {
      addEventListener("change", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
    });
    await app.pick(textOf("choose_files"), path);
    await rm(path);
    await app.page.evaluate(() => {
      document.querySelector("input[type=file]")?.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await seesError(stage(), { code: "file-unreadable", subs: ["gone.txt"] });
    await seesRest(stage());
    await picture(stage(), "file vanished");
    await app.click(textOf("dismiss_name", "gone.txt"));
  });

  test("an upload into a bucket that is gone says so, and goes on when asked again", async () => {
    const { app, world } = stage();
    await world.control("POST", "/faults", {
      operation: "PutObject",
      kind: "error",
      status: 404,
      code: "NoSuchBucket",
    });
    await goTo(stage(), "/files/");
    await app.pick(textOf("choose_files"), await fileNamed("again.txt"));
    const { bucket } = world.aws.profile;
    await goTo(stage(), "/transfers");
    await app.sees(textOf("error_bucket_missing", bucket.name), 30_000);
    await app.sees(textOf("fix_bucket_missing", bucket.name));
    await picture(stage(), "upload bucket missing");
    await app.click(textOf("menu_of", "again.txt"));
    await app.click(textOf("what_happened"));
    await app.click(textOf("details"));
    await app.sees("NoSuchBucket");
    await app.page.keyboard.press("Escape");
    await app.click(textOf("retry"));
    await goTo(stage(), "/files/");
    await app.seesButton(textOf("save_name", "again.txt"));
    expect(await stored("again.txt")).toBe("a note");
    await app.click(textOf("clear"));
  });

  test.skipIf(everywhereOnly)("an upload that a web page answers with 200 is not said to be done", async () => {
    const { app, world, standIn } = stage();
    const good = world.aws.profile;
    await standIn.become({ to: world.aws.endpoints.s3 });
    const endpoints = { ...good.endpoints, s3: standIn.origin };
    await importProfile(stage(), { ...good, name: "S3 behind a portal", endpoints });
    await goTo(stage(), "/files/");
    await signInAgain(stage());
    /** A row that tries again by itself now and then. */
    const waits = async () => {
      await app.sees(textOf("error_not_aws", standIn.host), 30_000);
    };
    await standIn.become({ html: 200 });
    await app.pick(textOf("choose_files"), await fileNamed("portal.txt"));
    await waits();
    await picture(stage(), "upload portal");
    await standIn.become({ to: world.aws.endpoints.s3 });
    await app.seesButton(textOf("save_name", "portal.txt"));
    expect(await stored("portal.txt")).toBe("a note");
    await app.click(textOf("clear"));

    await standIn.become({ html: 200 });
    await app.click(textOf("save_name", "portal.txt"));
    await waits();
    await picture(stage(), "download portal");
    await poll("the transfer to be taken away", async () => {
      await app.click(textOf("cancel_name", "portal.txt"));
      return true;
    });
    await standIn.become({ to: world.aws.endpoints.s3 });
    await mendProfile(stage());
  });
}
