/**
 * `npm run policies [-- --all]`: what the policies that setup renders allow, as a table: every intended action on what is the
 * person's own and on all else, for both ways to credentials, by a simulation of IAM; then how many other actions of the four
 * services were asked for and denied everywhere (`--all` names them). The exit code is 1 if anything but one's own is reached.
 */
import { everyAction, SERVICES } from "./questions.ts";
import { allows, WAYS } from "./ways.ts";

/** Needs no permission, says STS's reference; it tells callers who they are. */
const FREE = "sts:GetCallerIdentity";

const all = process.argv.includes("--all");
const print = (line = "") => process.stdout.write(`${line}\n`);
let holes = 0;

for (const way of WAYS) {
  const rows = (await everyAction(way))
    .filter(({ action }) => action !== FREE)
    .map(({ action, own, others }) => ({
      action,
      own: own.filter((question) => allows(way, way.identity, question)).length,
      of: own.length,
      reached: others.filter((question) => allows(way, way.identity, question)).map(({ what }) => what),
      others: others.length,
    }));
  holes += rows.reduce((sum, { reached }) => sum + reached.length, 0);
  print(`${way.name}: signed in as ${way.identity}`);
  print();
  print(`  ${"action".padEnd(38)}${"own".padEnd(12)}all else`);
  for (const { action, own, of, reached, others } of rows) {
    if (own === 0 && reached.length === 0 && !all) continue;
    const mine = own === of && of > 0 ? "allowed" : own === 0 ? "denied" : `${own} of ${of}`;
    const else_ = reached.length === 0 ? `denied (${others})` : `REACHED: ${reached.join(", ")}`;
    print(`  ${action.padEnd(38)}${mine.padEnd(12)}${else_}`);
  }
  print();
  for (const service of SERVICES) {
    const denied = rows.filter((row) => row.action.startsWith(`${service}:`) && row.own + row.reached.length === 0);
    print(`  ${service}: ${denied.length} other actions, denied everywhere`);
  }
  print(`  ${FREE} needs no permission: it tells callers who they are`);
  print();
}
const [first] = WAYS;
const asked = first === undefined ? [] : await everyAction(first);
const words = (kind: "own" | "others") => [...new Set(asked.flatMap((one) => one[kind].map(({ what }) => what)))];
print(`own: ${words("own").join(", ")}`);
print(`all else: ${words("others").join(", ")}`);
process.exitCode = holes === 0 ? 0 : 1;
