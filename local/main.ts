/**
 * `npm run local`: the local AWS alone, until SIGINT or SIGTERM. With `--json` the first line on stdout is one JSON object,
 * see info.ts. Exit code 2 for arguments that do not fit, 1 for a port that is taken.
 */
import { resolve } from "node:path";
import { ArgumentError, parseLocalArguments, USAGE } from "./arguments.ts";
import { PortTakenError } from "./http/listen.ts";
import type { LocalAwsInfo } from "./info.ts";
import { startLocalAws } from "./start-local-aws.ts";

async function main(words: readonly string[]): Promise<void> {
  const { json, port, data, fresh } = parseLocalArguments(words);
  const dataDir = resolve(data);
  const aws = await startLocalAws({ port, dataDir, fresh });
  process.stdout.write(`${json ? JSON.stringify(aws.info) : summary(aws.info, dataDir)}\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    aws.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function summary(
  { issuer, endpoints, control, directory, examples, people, profiles }: LocalAwsInfo,
  dataDir: string,
): string {
  return [
    "The local AWS is running. Stop it with Ctrl+C.",
    `  sign-in    ${issuer}`,
    `  STS        ${endpoints.sts}`,
    `  Cognito    ${endpoints.cognitoIdentity}`,
    `  S3         ${endpoints.s3}  (buckets ${namesOf(profiles.map(({ bucket }) => bucket.name))})`,
    `  DynamoDB   ${endpoints.dynamodb}  (tables ${namesOf(profiles.map(({ table }) => table.name))})`,
    `  directory  ${directory}/roles`,
    `  control    ${control}`,
    `  examples   ${examples}/`,
    `  data       ${dataDir}`,
    ...people.map(({ name, password, subject }) => `  person     ${name} / ${password}  (${subject})`),
  ].join("\n");
}

function namesOf(names: string[]): string {
  return [...new Set(names)].join(", ");
}

function fail(error: unknown): void {
  if (error instanceof ArgumentError) process.stderr.write(`${error.message}\n${USAGE}\n`);
  else if (error instanceof PortTakenError) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`The local AWS failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(error instanceof ArgumentError ? 2 : 1);
}

main(process.argv.slice(2)).catch(fail);
