import { AwsError } from "../service.ts";

const STATEMENT_KEYS = new Set(["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"]);

/**
 * Checks the grammar of a session policy. (IAM User Guide, "Grammar of the IAM JSON policy language".)
 *
 * @throws {AwsError} `MalformedPolicyDocument`
 */
export function checkSessionPolicy(text: string): void {
  const policy = parseJson(text);
  if (!isRecord(policy)) throw malformed("Policy document must be a JSON object.");
  const { Version, Statement, Id, ...others } = policy;
  if (Object.keys(others).length > 0 || (Id !== undefined && typeof Id !== "string"))
    throw malformed("Syntax errors in policy.");
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17")
    throw malformed("The policy has an invalid Version.");
  const statements = [Statement].flat();
  if (Statement === undefined || statements.length === 0) throw malformed("The policy must contain a Statement.");
  for (const statement of statements) checkStatement(statement);
}

function checkStatement(statement: unknown): void {
  if (!isRecord(statement)) throw malformed("Syntax errors in policy.");
  if (Object.keys(statement).some((name) => !STATEMENT_KEYS.has(name))) throw malformed("Syntax errors in policy.");
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny")
    throw malformed("A statement needs the Effect Allow or Deny.");
  if ((statement.Action === undefined) === (statement.NotAction === undefined))
    throw malformed("Policy statement must contain actions.");
  if ((statement.Resource === undefined) === (statement.NotResource === undefined))
    throw malformed("Policy statement must contain resources.");
  for (const action of strings(statement.Action ?? statement.NotAction)) {
    if (!/^(\*|[a-z0-9-]+:[\w*?]+)$/i.test(action))
      throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
  for (const resource of strings(statement.Resource ?? statement.NotResource)) {
    if (resource !== "*" && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s.test(resource))
      throw malformed('Resource must be in ARN format or "*".');
  }
  checkCondition(statement.Condition);
}

function checkCondition(condition: unknown): void {
  if (condition === undefined) return;
  if (!isRecord(condition)) throw malformed("Syntax errors in policy.");
  for (const [operator, keys] of Object.entries(condition)) {
    const known =
      /^(ForAllValues:|ForAnyValue:)?(String|Numeric|Date|Bool|Binary|IpAddress|NotIpAddress|Arn|Null)\w*$/.test(
        operator,
      );
    if (!known || !isRecord(keys)) throw malformed(`Invalid Condition type : ${operator}.`);
    for (const values of Object.values(keys)) strings(values);
  }
}

function strings(value: unknown): string[] {
  const values = [value].flat();
  if (!values.every((entry): entry is string => typeof entry === "string")) throw malformed("Syntax errors in policy.");
  return values;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("This policy contains invalid Json");
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocument", 400, message);
}
