/** Objects of somebody else, and lists that would show them. Each write is one that could not succeed if it were let through. */
import type { ObjectRequest } from "../aws-probe.ts";
import type { Step } from "../step.ts";
import { judgeDenial } from "./judge.ts";
import type { ProofWorld } from "./proof-world.ts";
import { answerFacts, type Denial, denied, hole, orUnproven, type Try, unproven } from "./tries.ts";

/** No object has it: ETags are MD5 sums, or those with a number behind. */
const impossible = { "if-match": '"holdall-proof-impossible"' };
const writes = true as const;
const absent = true as const;

export const objectDenials: Step<ProofWorld>[] = [
  denied("objects.get", (world) => object(world, "GetObject", [{ method: "GET" }])),
  {
    id: "objects.head",
    needs: ["sign-in"],
    after: ["objects.get"],
    async run(world, signal) {
      const key = world.target.objects[0];
      const tried = { action: "s3:GetObject", on: key };
      return await orUnproven(tried, signal, async (limit) => {
        const answer = await world.aws("person").s3({ method: "HEAD", key }, limit);
        const head = judgeDenial("s3", answer, ["s3:GetObject"]);
        if (head.verdict === "let-through") return hole("s3", tried, head);
        // A HEAD's refusal has no body to say what was refused: a GET's has, for the same action on the same object.
        const get = judgeDenial("s3", await world.aws("person").s3({ method: "GET", key }, limit), ["s3:GetObject"]);
        if (get.verdict === "let-through") return hole("s3", tried, get);
        if (answer.status !== 403 || get.verdict !== "denied") return unproven(tried, head);
        return { facts: { ...tried, ...answerFacts({ ...head, code: get.code, named: get.named }) } };
      });
    },
  },
  // "null" is the version of what was put before versions were kept: a form that S3 takes, and that setup's bucket never has.
  denied("objects.version", (world) =>
    object(world, "GetObjectVersion", [{ method: "GET", query: { versionId: "null" }, absent }]),
  ),
  // To compare ETags needs s3:GetObject as well. That there is one needs no more than the write; the object is there.
  denied(
    "objects.put",
    (world) =>
      object(world, "PutObject", [
        { method: "PUT", headers: impossible, body: "" },
        { method: "PUT", headers: { "if-none-match": "*" }, body: "" },
      ]),
    { writes },
  ),
  denied(
    "objects.delete",
    (world) =>
      object(world, "DeleteObject", [
        { method: "DELETE", headers: impossible },
        { method: "DELETE", key: absentKey(world), headers: { "if-match": "*" }, absent },
      ]),
    { writes },
  ),
  denied(
    "objects.delete-version",
    (world) =>
      object(world, "DeleteObjectVersion", [{ method: "DELETE", key: absentKey(world), query: { versionId: "null" } }]),
    { writes },
  ),
  // Setup's objects have no tags: none in place of none changes nothing.
  denied(
    "objects.tag",
    (world) =>
      object(world, "PutObjectTagging", [
        { method: "PUT", query: { tagging: "" }, body: "<Tagging><TagSet></TagSet></Tagging>" },
      ]),
    { writes },
  ),
  denied(
    "objects.copy",
    (world) => {
      const [source] = world.target.objects;
      const headers = {
        "x-amz-copy-source": `${world.profile.bucket.name}/${source}`,
        "x-amz-copy-source-if-match": impossible["if-match"],
        "x-amz-metadata-directive": "REPLACE",
        "x-amz-tagging-directive": "REPLACE",
      };
      const key = world.ownObject("copy");
      return {
        ...object(world, "GetObject", [{ method: "PUT", key, headers }]),
        // A store that knows no such condition has copied it.
        async undo(answer) {
          if (answer.status < 300) world.objects.set(key, answer.headers["x-amz-version-id"] ?? null);
          return true;
        },
      };
    },
    // What one may not put into one's own folder would be denied for that.
    { needs: ["sign-in", "own.objects.put"], writes },
  ),
  denied(
    "objects.upload",
    (world) => ({
      ...object(world, "PutObject", [{ method: "POST", query: { uploads: "" } }]),
      // Nothing keeps an upload from beginning where it may: it is ended, and the bucket's rule ends it otherwise.
      async undo({ body }, signal) {
        const uploadId = /<UploadId>([^<]+)</.exec(body)?.[1];
        if (uploadId === undefined) return true;
        const [key] = world.target.objects;
        return (await world.aws("person").s3({ method: "DELETE", key, query: { uploadId } }, signal)).status < 300;
      },
    }),
    // It is the same action of IAM: where a put is let through, nothing is begun that might stay.
    { needs: ["sign-in", "objects.put"], writes },
  ),
  denied("objects.site.get", (world) => object(world, "GetObject", [{ method: "GET" }], 1)),
  denied(
    "objects.site.put",
    (world) =>
      object(
        world,
        "PutObject",
        [
          { method: "PUT", headers: impossible, body: "" },
          { method: "PUT", headers: { "if-none-match": "*" }, body: "" },
        ],
        1,
      ),
    { writes },
  ),
  denied(
    "objects.neighbour",
    (world) => {
      const key = `${world.identity}x/probe.txt`;
      return {
        ...object(world, "PutObject", [{ method: "PUT", key, headers: impossible, body: "", absent }]),
        on: key,
      };
    },
    { writes },
  ),
  denied("list.bare", (world) => list(world, [{}])),
  denied("list.empty", (world) => list(world, [{ prefix: "" }])),
  denied("list.probe", (world) => list(world, [{ prefix: `${world.target.identity}/` }])),
  denied("list.own-without-slash", (world) => list(world, [{ prefix: world.identity }])),
  denied("list.versions", (world) => ({
    actions: ["s3:ListBucketVersions"],
    on: `${world.target.identity}/`,
    tries: [{ prefix: `${world.target.identity}/` }, {}].map((query) =>
      listing({ versions: "", "max-keys": "1", ...query }),
    ),
  })),
  denied("list.uploads", (world) => ({
    actions: ["s3:ListBucketMultipartUploads"],
    on: world.profile.bucket.name,
    tries: [listing({ uploads: "", "max-uploads": "1" })],
  })),
];

/** A key of the probe's folder at which nothing lies. */
function absentKey({ runId, target }: ProofWorld): string {
  return `${target.identity}/absent-${runId}`;
}

type Request = ObjectRequest & { absent?: true };

function object(world: ProofWorld, action: string, requests: Request[], which: 0 | 1 = 0): Denial {
  const on = world.target.objects[which];
  const tries = requests.map(
    ({ absent, ...request }): Try => ({
      ...{ service: "s3", request: { key: on, ...request } },
      ...(absent === true && { absent }),
    }),
  );
  return { actions: [`s3:${action}`], on, tries };
}

function list({ profile }: ProofWorld, queries: { prefix?: string }[]): Denial {
  const [first] = queries;
  return {
    actions: ["s3:ListBucket"],
    on: first?.prefix === undefined ? profile.bucket.name : `"${first.prefix}"`,
    tries: queries.map((query) => listing({ "list-type": "2", "max-keys": "1", ...query })),
  };
}

const listing = (query: Record<string, string>): Try => ({ service: "s3", request: { method: "GET", query } });
