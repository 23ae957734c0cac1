import type { AttributeValueUpdate, ExpectedAttributeValue } from "@aws-sdk/client-dynamodb";
import type { Attributes, AttributeValue } from "../../shared/attribute-value.ts";
import { encodeValue, type SdkItem } from "./attribute-codec.ts";
import type { WritePlan } from "./write-plan.ts";

/** DynamoDB Developer Guide, "Quotas: expression parameters": 4 KB of text, 300 operators. */
const longestExpression = 4096;
const mostOperators = 300;

/** Collects placeholders, so that no name and no value is ever part of an expression's text. */
export function placeholders() {
  const names: Record<string, string> = {};
  const values: SdkItem = {};
  const known = new Map<string, string>();
  return {
    name(name: string): string {
      const placeholder = known.get(name) ?? `#${known.size}`;
      known.set(name, placeholder);
      names[placeholder] = name;
      return placeholder;
    },
    value(value: AttributeValue): string {
      const placeholder = `:${Object.keys(values).length}`;
      values[placeholder] = encodeValue(value);
      return placeholder;
    },
    /** DynamoDB refuses empty maps. */
    used() {
      return {
        ...(known.size > 0 && { ExpressionAttributeNames: names }),
        ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
      };
    },
  };
}

export type Placeholders = ReturnType<typeof placeholders>;

/** Terms that say: the item exists, is unchanged in these attributes and lacks those. */
function conditionTerms(use: Placeholders, keyName: string, unchanged: Attributes, absent: string[]): string[] {
  return [
    `attribute_exists(${use.name(keyName)})`,
    ...Object.entries(unchanged).map(([name, value]) => `${use.name(name)}=${use.value(value)}`),
    ...absent.map((name) => `attribute_not_exists(${use.name(name)})`),
  ];
}

/** The condition under which an item may be deleted; null when it is longer than DynamoDB takes. */
export function deleteExpressions(keyName: string, unchanged: Attributes) {
  const use = placeholders();
  const terms = conditionTerms(use, keyName, unchanged, []);
  const condition = terms.join(" AND ");
  if (terms.length * 2 > mostOperators || condition.length > longestExpression) return null;
  return { ConditionExpression: condition, ...use.used() };
}

/** The parts of an UpdateItem; null when the plan is longer than DynamoDB takes in expressions. */
export function updateExpressions(plan: WritePlan, keyName: string) {
  const use = placeholders();
  const terms = conditionTerms(use, keyName, plan.unchanged, plan.absent);
  const set = Object.entries(plan.set).map(([name, value]) => `${use.name(name)}=${use.value(value)}`);
  const remove = plan.remove.map((name) => use.name(name));
  const update = [
    ...(set.length > 0 ? [`SET ${set.join(",")}`] : []),
    ...(remove.length > 0 ? [`REMOVE ${remove.join(",")}`] : []),
  ].join(" ");
  const condition = terms.join(" AND ");
  const operators = terms.length * 2 + set.length + remove.length;
  if (operators > mostOperators || condition.length > longestExpression || update.length > longestExpression)
    return null;
  return {
    ConditionExpression: condition,
    // Without an update expression UpdateItem only checks the condition, which is what nothing to change means.
    ...(update !== "" && { UpdateExpression: update }),
    ...use.used(),
  };
}

/** An update of attributes without a condition; null when it is longer than DynamoDB takes. */
export function updateExpression(use: Placeholders, { set, remove }: Pick<WritePlan, "set" | "remove">): string | null {
  const sets = Object.entries(set).map(([name, value]) => `${use.name(name)}=${use.value(value)}`);
  const removes = remove.map((name) => use.name(name));
  const update = `SET ${sets.join(",")}${removes.length > 0 ? ` REMOVE ${removes.join(",")}` : ""}`;
  return sets.length + removes.length > mostOperators || update.length > longestExpression ? null : update;
}

/**
 * The same conditions in the older form, which has no limit of its own: for items of hundreds of attributes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
 */
export function expected(keyName: string, unchanged: Attributes, absent: string[]) {
  return Object.fromEntries<ExpectedAttributeValue>([
    [keyName, { ComparisonOperator: "NOT_NULL" }],
    ...Object.entries(unchanged).map<[string, ExpectedAttributeValue]>(([name, value]) => [
      name,
      { ComparisonOperator: "EQ", AttributeValueList: [encodeValue(value)] },
    ]),
    ...absent.map<[string, ExpectedAttributeValue]>((name) => [name, { ComparisonOperator: "NULL" }]),
  ]);
}

export function attributeUpdates(plan: Pick<WritePlan, "set" | "remove">) {
  return Object.fromEntries<AttributeValueUpdate>([
    ...Object.entries(plan.set).map<[string, AttributeValueUpdate]>(([name, value]) => [
      name,
      { Action: "PUT", Value: encodeValue(value) },
    ]),
    ...plan.remove.map<[string, AttributeValueUpdate]>((name) => [name, { Action: "DELETE" }]),
  ]);
}
