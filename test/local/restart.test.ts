import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import { CookieBrowser } from "./support/cookie-browser.ts";
import { OidcClient } from "./support/oidc-client.ts";
import { refusal, startTestAws } from "./support/test-aws.ts";

const ALICE = "local|alice-7f3a";
const alice = { name: "alice", password: "alice-password" };

test("sessions, refresh tokens, sign-ins, keys, objects and items outlive a restart; --fresh ends them all", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "holdall-restart-"));
  const first = await startTestAws({ dataDir });
  const { ports } = first;
  const client = await OidcClient.discover(first.info);
  const browser = new CookieBrowser();
  const signedIn = await client.signIn(browser, alice);
  if ("refused" in signedIn) throw new Error("refused");
  const { id_token = "", refresh_token = "" } = signedIn.tokens;
  const credentials = await first.assumeRole(id_token);
  const object = { Bucket: first.bucket, Key: `${ALICE}/kept.txt` };
  const key = { pk: { S: ALICE }, sk: { S: "kept" } };
  await first.s3(credentials).send(new PutObjectCommand({ ...object, Body: "kept" }));
  await first.dynamodb(credentials).send(new PutItemCommand({ TableName: first.table, Item: key }));
  const rotated = await client.refresh(refresh_token);
  await first.close();

  const second = await startTestAws({ dataDir, ports });
  expect(second.info).toEqual(first.info);
  expect(await (await second.s3(credentials).send(new GetObjectCommand(object))).Body?.transformToString()).toBe(
    "kept",
  );
  expect(
    (await second.dynamodb(credentials).send(new GetItemCommand({ TableName: second.table, Key: key }))).Item,
  ).toEqual(key);
  await second.assumeRole(id_token);
  const silent = await client.signIn(browser, null, { prompt: "none" });
  expect("tokens" in silent && decodeJwt(silent.tokens.id_token ?? "").sub).toBe(ALICE);
  await client.refresh(rotated.refresh_token ?? "");
  // The one that was used up before the restart is still used up.
  await expect(client.refresh(refresh_token)).rejects.toMatchObject({ error: "invalid_grant" });
  await second.close();

  await writeFile(join(dataDir, "of-someone-else.txt"), "stays");
  const third = await startTestAws({ dataDir, ports, fresh: true });
  expect(await refusal(third.s3(credentials).send(new GetObjectCommand(object)))).toMatchObject({
    name: "InvalidAccessKeyId",
  });
  expect(await refusal(third.assumeRole(id_token))).toMatchObject({ name: "InvalidIdentityTokenException" });
  await third.close();
  await expect(rm(join(dataDir, "of-someone-else.txt"))).resolves.toBeUndefined();
  await rm(dataDir, { recursive: true });
});
