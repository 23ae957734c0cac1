/** Sessions that end, clocks that are wrong, networks that go: what was typed is still there, and goes on from there. */
import type { CDPSession } from "puppeteer-core";
import { expect, test } from "vitest";
import type { SessionRecord } from "../../../src/auth/session-record.ts";
import { shortRole } from "../../../src/ui/roles/short-role.ts";
import { poll } from "../../support/poll.ts";
import { roleArnOf } from "../../support/role-arn.ts";
import { sessionRecord } from "../../support/session-secrets.ts";
import { signIn } from "../../support/sign-in.ts";
import { textOf } from "../../support/texts.ts";
import { goTo, picture, type Stage, seesError, seesRest } from "./stage.ts";

const text = '{ "title": "A note" }';

export function sessionTests(stage: () => Stage, everywhereOnly: boolean): void {
  const control = (path: string, input: object = {}) => stage().world.control("POST", path, input);

  /** A new item, typed and not saved. */
  const type = async (key: string) => {
    const { app } = stage();
    await goTo(stage(), "/items");
    await app.click(textOf("new_item"));
    await app.paste(textOf("sort_key"), key);
    await app.paste(textOf("attributes"), text);
  };
  const save = () => stage().app.click(textOf("save"));
  const isSaved = async (key: string) => {
    const { app } = stage();
    await app.sees(textOf("item_saved", key), 30_000);
    await seesRest(stage());
    await app.click(textOf("dismiss"));
  };
  const stays = async (key: string) => {
    const { app } = stage();
    expect(await app.value(textOf("sort_key"))).toBe(key);
    expect(await app.value(textOf("attributes"))).toBe(text);
  };

  /** Credentials of the last two seconds are not taken for expired, whatever AWS says. */
  const olderCredentials = () =>
    poll("older credentials", async () => {
      const stored = await stage().app.page.evaluate(() => chrome.storage.session.get<Record<string, SessionRecord>>());
      // Of every profile that a test before this one signed in to.
      const sessions = Object.entries(stored).filter(([key]) => key.startsWith("session/"));
      const obtained = sessions.map(([, record]) => record.obtainedAt);
      return Date.now() - Math.max(...obtained) > 2000;
    });
  /** AWS ends the session and takes the ID token no longer: the provider has to be asked. */
  const endSession = async () => {
    await olderCredentials();
    const tooOld = { status: 400, code: "ExpiredTokenException" };
    await control("/faults", { operation: "AssumeRoleWithWebIdentity", kind: "error", ...tooOld });
    await control("/sessions/expire");
  };

  test("a session that AWS ended in the middle goes on by itself", async () => {
    await type("in the middle");
    await olderCredentials();
    await control("/sessions/expire");
    await save();
    await isSaved("in the middle");
  });

  test("throttling is said, and saving again saves", async () => {
    await type("slowly");
    await control("/faults", { operation: "PutItem", kind: "throttle", count: null });
    await save();
    await seesError(stage(), { code: "throttled", aws: "ProvisionedThroughputExceededException" });
    await seesRest(stage());
    await stays("slowly");
    await picture(stage(), "throttled");
    await stage().world.control("DELETE", "/faults");
    await save();
    await isSaved("slowly");
  });

  test.skipIf(everywhereOnly).each([3600, -3600])("a clock that is %i s off is corrected", async (seconds) => {
    const key = `clock ${seconds}`;
    await type(key);
    await olderCredentials();
    await control("/clock", { offsetMs: seconds * 1000 });
    await save();
    await isSaved(key);
    await control("/clock", { offsetMs: 0 });
    await type(`${key} back`);
    await save();
    await isSaved(`${key} back`);
  });

  test.skipIf(everywhereOnly)("a server that is cut off while saving is said to be unreachable", async () => {
    await type("cut");
    await control("/faults", { operation: "PutItem", kind: "cutBefore", count: null });
    await control("/faults", { operation: "GetItem", kind: "cutBefore", count: null });
    await save();
    await seesError(stage(), { code: "unreachable", subs: [new URL(stage().world.aws.endpoints.dynamodb).host] });
    await stays("cut");
    await stage().world.control("DELETE", "/faults");
    await save();
    await isSaved("cut");
  });

  test.skipIf(everywhereOnly)("without network nothing is lost: at saving", async () => {
    await type("offline");
    const online = await goOffline(stage());
    await stage().app.sees(textOf("offline_notice"));
    await save();
    await seesError(stage(), { code: "offline" });
    await seesRest(stage());
    await stays("offline");
    await picture(stage(), "offline save");
    await online();
    await stage().app.seesNo(textOf("offline_notice"));
    await save();
    await isSaved("offline");
  });

  test("a revoked sign-in is asked for again, and the draft waits", async () => {
    const { app, browser, world } = stage();
    await type("revoked");
    await control("/issuer/revoke", { person: "alice", sessions: true });
    await endSession();
    await save();
    await seesError(stage(), { code: "session-ended" });
    await app.sees(textOf("expired_notice"));
    await seesRest(stage());
    await stays("revoked");
    await picture(stage(), "revoked");
    await signIn(browser, app.page, world.aws, "alice");
    await app.seesNo(textOf("expired_notice"));
    await stays("revoked");
    await save();
    await isSaved("revoked");
  });

  test.skipIf(everywhereOnly)("a sign-in that fails again says why", async () => {
    const { app, browser, world } = stage();
    await goTo(stage(), "/files/");
    await control("/issuer/revoke", { person: "alice", sessions: true });
    await endSession();
    await control("/faults", {
      operation: "AssumeRoleWithWebIdentity",
      kind: "error",
      status: 403,
      code: "AccessDenied",
      count: null,
    });
    await app.click(textOf("refresh"));
    await app.sees(textOf("expired_notice"));
    await signIn(browser, app.page, world.aws, "alice");
    await seesError(stage(), {
      code: "trust-refused",
      subs: [shortRole(roleArnOf(world.aws.profile))],
      aws: "AccessDenied",
    });
    await picture(stage(), "sign in again refused");
    await world.control("DELETE", "/faults");
    await app.click(textOf("sign_in"));
    await app.seesNo(textOf("expired_notice"));
    // The notice is gone while the sign-in still runs.
    await app.sees("Alice Archer");
  });

  test.skipIf(everywhereOnly)("without network nothing is lost: at signing in", async () => {
    const { app, browser, world } = stage();
    await app.click(textOf("menu"));
    await app.click(textOf("sign_out"));
    await app.seesButton(textOf("sign_in"));
    const online = await goOffline(stage());
    await app.sees(textOf("offline_sign_in"));
    await app.click(textOf("sign_in"));
    await seesError(stage(), { code: "offline" });
    await seesRest(stage());
    await picture(stage(), "offline sign in");
    await online();
    await signIn(browser, app.page, world.aws, "alice");
    await poll("alice to be signed in", () => sessionRecord(app.page));
  });
}

/** Takes the network away from the page and from the background, as the system would. Returns the way back. */
async function goOffline({ app, browser }: Stage): Promise<() => Promise<void>> {
  const target = await browser.browser.waitForTarget(
    (candidate) => candidate.type() === "service_worker" && candidate.url().startsWith(browser.origin),
  );
  const worker = await target.createCDPSession();
  const set = async (offline: boolean) => {
    await emulate(worker, offline);
    await app.page.setOfflineMode(offline);
  };
  await worker.send("Network.enable");
  await set(true);
  return async () => {
    await set(false);
    await worker.detach();
  };
}

async function emulate(session: CDPSession, offline: boolean): Promise<void> {
  const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  await session.send("Network.emulateNetworkConditions", conditions);
}
