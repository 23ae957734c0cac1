/** The two kinds of lines of the isolation proof: what must be denied, and what must be allowed. */
import { HoldallError } from "../../shared/holdall-error.ts";
import type { ObjectRequest, ProbeAnswer } from "../aws-probe.ts";
import type { Step, StepOutcome } from "../step.ts";
import { type Judgement, judgeDenial, type ProofService, requestIdOf } from "./judge.ts";
import type { ProofWorld } from "./proof-world.ts";

/** One request. */
export type Try =
  | {
      service: "s3";
      request: ObjectRequest;
      /** Of something that is not there: to whom may not list, S3 says "denied" of that too, whatever else is allowed. */
      absent?: true;
    }
  | { service: "dynamodb"; operation: string; input: object };

export interface Denial {
  /** Actions of IAM, any of which the service may name. The first is the one that people read. */
  actions: readonly string[];
  /** What it is tried on, for people: a key, a partition, a prefix. */
  on: string;
  /** All have to be denied: where one form of a request needs a second permission, another does not. */
  tries: readonly Try[];
  /** Of what IAM let through and what thus may have been left: takes it away. @returns false when that was refused */
  undo?(answer: ProbeAnswer, signal: AbortSignal): Promise<boolean>;
}

interface Options extends Pick<Step<ProofWorld>, "needs" | "after" | "writes"> {
  /** The person unless given. */
  as?: "person" | "site";
}

/** Milliseconds for all requests of a line: less than the runner's own, so that it ends as unproven. */
const longest = 6000;

/** The site's session could not be had, and that is unproven in its own line. */
const noSession: StepOutcome = { state: "skipped", facts: { because: "site.session" } };

/** A line that is green only when the service denies each request; red when IAM lets one through. */
export function denied(id: string, of: (world: ProofWorld) => Denial, options: Options = {}): Step<ProofWorld> {
  const { as = "person", ...order } = options;
  return {
    needs: [as === "person" ? "sign-in" : "site.session"],
    ...order,
    id,
    async run(world, signal) {
      if (!world.can(as)) return noSession;
      const denial = of(world);
      const tried = { action: denial.actions[0] ?? "", on: denial.on };
      return await orUnproven(tried, signal, async (limit) => {
        let last: Judgement | null = null;
        for (const one of denial.tries) {
          const answer = await send(world, as, one, limit);
          const judgement = await judgeTry(world, one, answer, denial.actions, limit);
          if (judgement.verdict === "let-through") {
            const undone = await denial.undo?.(answer, limit);
            return hole(one.service, { ...tried, ...(undone === false && { left: denial.on }) }, judgement);
          }
          if (judgement.verdict === "unproven") return unproven(tried, judgement);
          last = judgement;
        }
        return { facts: { ...tried, ...answerFacts(last) } };
      });
    },
  };
}

/**
 * S3 names the action that it denies; where something is absent and may not be listed it says "Access Denied" alone. A denial
 * without a name thus counts only of a service that names none at all, and of something that is there.
 */
async function judgeTry(
  world: ProofWorld,
  one: Try,
  answer: ProbeAnswer,
  actions: readonly string[],
  signal: AbortSignal,
): Promise<Judgement> {
  const judgement = judgeDenial(one.service, answer, actions);
  if (one.service !== "s3" || judgement.verdict !== "denied" || judgement.named !== null) return judgement;
  const list = await world.once("list", () => world.aws("person").s3({ method: "GET", query: bareList }, signal));
  const names = judgeDenial("s3", list, ["s3:ListBucket"]).named !== null;
  if (one.absent === undefined) return names ? { ...judgement, verdict: "unproven" } : judgement;
  return { ...judgement, verdict: names ? "let-through" : "unproven" };
}

/** A list that is denied whatever is in the bucket. */
const bareList = { "list-type": "2", "max-keys": "1" };

/** A line that is green only when the service does what it was asked. */
export function allowed(
  id: string,
  run: (world: ProofWorld, ask: Ask) => Promise<Allowed>,
  options: Options = {},
): Step<ProofWorld> {
  const { as = "person", ...order } = options;
  return {
    needs: [as === "person" ? "sign-in" : "site.session"],
    ...order,
    id,
    async run(world, signal) {
      if (!world.can(as)) return noSession;
      return await orUnproven({}, signal, async (limit) => {
        const ask: Ask = async (action, one) => {
          const answer = await send(world, as, one, limit);
          if (answer.status < 300) return answer;
          const key = one.service === "s3" ? one.request.key : undefined;
          const error = world.aws(as).explain(one.service, answer, { action, ...(key !== undefined && { key }) });
          // To whom may not list, S3 says "denied" of what is absent too: what is asked for here was just written.
          if (answer.status !== 403 || error.code !== "file-missing") throw error;
          throw new HoldallError("access-denied", { ...error.facts, subs: [action, key ?? ""] });
        };
        const { action, on, answer } = await run(world, ask);
        const requestId = requestIdOf(answer);
        return { facts: { action, on, answer: String(answer.status), ...(requestId !== null && { requestId }) } };
      });
    },
  };
}

/** Sends a request and gives its answer back when that is a success. @param action of IAM. @throws HoldallError */
export type Ask = (action: string, one: Try) => Promise<ProbeAnswer>;

export interface Allowed {
  action: string;
  on: string;
  /** The last answer. */
  answer: ProbeAnswer;
}

function send(world: ProofWorld, as: "person" | "site", one: Try, signal: AbortSignal): Promise<ProbeAnswer> {
  const aws = world.aws(as);
  return one.service === "s3" ? aws.s3(one.request, signal) : aws.dynamodb(one.operation, one.input, signal);
}

/** Errors in which no service has answered prove nothing either way. */
const silent = new Set(["offline", "unreachable", "timeout", "not-aws", "permission-needed", "service-unavailable"]);
const passing = new Set([
  "throttled",
  "sts-unreachable",
  "issuer-unreachable",
  "clock-wrong",
  "credentials-expired",
  "session-ended",
]);

/** Does the work within the line's time. Where no service has answered, the line is unproven: neither green nor red. */
export async function orUnproven(
  tried: Record<string, string>,
  signal: AbortSignal,
  work: (limit: AbortSignal) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  const time = AbortSignal.timeout(longest);
  try {
    return await work(AbortSignal.any([signal, time]));
  } catch (error) {
    if (signal.aborted || !(error instanceof HoldallError)) throw error;
    if (!silent.has(error.code) && !passing.has(error.code) && !time.aborted) throw error;
    return { state: "unproven", facts: { ...tried, noAnswer: time.aborted ? "timeout" : error.code } };
  }
}

export function unproven(tried: Record<string, string>, judgement: Judgement): StepOutcome {
  return { state: "unproven", facts: { ...tried, ...answerFacts(judgement) } };
}

export function hole(service: ProofService, tried: Record<string, string>, judgement: Judgement): StepOutcome {
  const { code, detail, requestId, status } = judgement;
  return {
    state: "failed",
    facts: { ...tried, ...answerFacts(judgement) },
    error: {
      code: "isolation-hole",
      facts: {
        ...{ subs: [tried.action ?? "", tried.on ?? ""], service, status },
        ...(code !== null && { awsCode: code }),
        ...(requestId !== null && { requestId }),
        ...(detail !== null && { detail }),
      },
    },
  };
}

/** What the service answered, as people read it. */
export function answerFacts(judgement: Judgement | null): Record<string, string> {
  if (judgement === null) return {};
  const { code, named, requestId, status } = judgement;
  return {
    answer: [status, code, named].filter((part) => part !== null).join(" "),
    ...(requestId !== null && { requestId }),
  };
}
