import { type FaultRun, note } from "./fault-run.ts";
import type { Act } from "./plan.ts";
import { within } from "./stage.ts";
import { wishDownload, wishUploads } from "./wishes.ts";

/** Milliseconds for one act. */
const patience = 45_000;

/** Carries the plan out in its order, as near to its times as the browser can follow. Resolves when all is done but wishes' answers. */
export async function performPlan(run: FaultRun): Promise<void> {
  const begun = performance.now();
  const answers: Promise<void>[] = [];
  for (const { at, act } of run.plan.acts) {
    const wait = begun + at - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    // A wish may be killed before it is answered: nobody waits for it.
    if (isWish(act)) answers.push(wish(run, act));
    else await within(patience, act.type, perform(run, act)).catch((error: unknown) => failed(run, act, error));
  }
  await Promise.all(answers);
}

type Wish = Extract<Act, { type: "upload" | "save" | "archive" }>;
const isWish = (act: Act): act is Wish => act.type === "upload" || act.type === "save" || act.type === "archive";

async function wish(run: FaultRun, act: Wish): Promise<void> {
  const wanted = run.tracked.filter(({ wish: one }) => {
    if (act.type === "upload") return one.kind === "upload" && act.files.includes(one.file);
    return act.type === "save" ? one.kind === "save" && one.file === act.file : one.kind === "archive";
  });
  if (act.type === "upload") await wishUploads(run, wanted);
  else for (const one of wanted) await wishDownload(run, one);
}

async function perform(run: FaultRun, act: Exclude<Act, Wish>): Promise<void> {
  const { stage, tracked } = run;
  switch (act.type) {
    case "pause":
    case "unpause":
    case "cancel": {
      const id = tracked.find(({ wish: one }) => one.kind === "upload" && one.file === act.file)?.id;
      if (id) await stage.order(`transfers.${act.type}`, { which: [id] });
      return;
    }
    case "kill-worker":
      run.kills.worker += 1;
      return await killed(run, act, () => stage.browser.killWorker());
    case "kill-host":
      await killed(run, act, async () => {
        if (await stage.browser.killHost()) run.kills.host += 1;
      });
      return;
    case "kill-browser":
      run.kills.browser += 1;
      await killed(run, act, () => stage.killBrowser());
      await stage.startBrowser();
      if (act.signIn) await stage.signIn();
      return;
    case "fault":
      run.faults += 1;
      await stage.world.control("POST", "/faults", act.fault);
      return;
    case "expire-sessions":
      run.faults += 1;
      await stage.world.control("POST", "/sessions/expire");
      return;
    case "sign-out":
      run.faults += 1;
      await stage.order("session.signOut", { profile: await stage.profile() });
      if (act.signIn) await stage.signIn();
      return;
    case "end-upload": {
      const [upload] = (await stage.outside.uploads()).filter(({ key }) => key.includes(`/${run.plan.folder}`));
      if (upload === undefined) return;
      run.faults += 1;
      run.endedKeys.push(upload.key);
      return await stage.outside.endUpload(upload);
    }
  }
}

async function killed(run: FaultRun, act: Act, kill: () => Promise<void>): Promise<void> {
  const moment = { at: Date.now(), end: Number.POSITIVE_INFINITY, what: act.type.toUpperCase() };
  run.killedAt.push(moment);
  await kill();
  moment.end = Date.now();
}

/** A browser that does not come back ends the run; an order that was not answered is only a note: its answer was killed. */
function failed(run: FaultRun, act: Act, error: unknown): void {
  if (act.type === "kill-browser" && !run.stage.up) throw error;
  note(run, act.type, error);
}
