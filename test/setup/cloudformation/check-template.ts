import type { Resource, Template } from "./evaluate-template.ts";
import { RESOURCE_TYPES, type Schema } from "./resource-schema.ts";

const SECTIONS = ["AWSTemplateFormatVersion", "Description", "Parameters", "Conditions", "Resources", "Outputs"];
const ATTRIBUTES = ["Type", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Properties"];
const PSEUDO = ["AWS::AccountId", "AWS::Region", "AWS::Partition", "AWS::StackName"];
/** Functions that give a text. */
const TEXT_FUNCTIONS = ["Ref", "Fn::Sub", "Fn::GetAtt", "Fn::Join", "Fn::If"];

type Names = Record<string, unknown>;
const isObject = (value: unknown): value is Names =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const kind = (value: unknown) => (Array.isArray(value) ? "list" : value === null ? "null" : typeof value);

/** Everything about a template that CloudFormation would refuse, or that the schema does not know: one line each. */
export function problemsOf(template: Template & Names): string[] {
  const problems = Object.keys(template)
    .filter((name) => !SECTIONS.includes(name))
    .map((name) => `${name}: no section`);
  for (const [name, resource] of Object.entries(template.Resources)) {
    const schema = RESOURCE_TYPES[resource.Type];
    if (!/^[A-Za-z0-9]{1,255}$/.test(name)) problems.push(`${name}: no logical id`);
    if (schema === undefined) {
      problems.push(`${name}: no type ${resource.Type}`);
      continue;
    }
    for (const attribute of Object.keys(resource)) {
      if (!ATTRIBUTES.includes(attribute)) problems.push(`${name}: no attribute ${attribute}`);
    }
    for (const policy of [resource.DeletionPolicy, resource.UpdateReplacePolicy]) {
      if (policy !== undefined && policy !== "Retain" && policy !== "Delete") problems.push(`${name}: ${policy}`);
    }
    problems.push(...conditionProblems(name, resource, template));
    const { properties, required } = schema;
    problems.push(...valueProblems(resource.Properties, { object: properties, required }, name));
    problems.push(...referenceProblems(resource.Properties, template, name, resource.Condition));
  }
  for (const [name, output] of Object.entries(template.Outputs)) {
    if (Object.keys(output).some((field) => !["Description", "Value", "Condition", "Export"].includes(field))) {
      problems.push(`${name}: no such field of an output`);
    }
    problems.push(...valueProblems(output.Value, "string", name));
    problems.push(...referenceProblems(output.Value, template, name, undefined));
  }
  return problems;
}

function conditionProblems(name: string, { Condition }: Resource, { Conditions = {} }: Template): string[] {
  return Condition === undefined || Condition in Conditions ? [] : [`${name}: no condition ${Condition}`];
}

function valueProblems(value: unknown, schema: Schema, path: string): string[] {
  if (schema === "json") return [];
  const names = isObject(value) ? Object.keys(value) : [];
  const [only = ""] = names;
  if (names.length === 1 && TEXT_FUNCTIONS.includes(only)) {
    if (schema !== "string") return [`${path}: ${only} gives a text`];
    if (only !== "Fn::If") return [];
    const [, then, otherwise] = (value as { "Fn::If": unknown[] })["Fn::If"];
    return [...valueProblems(then, schema, path), ...valueProblems(otherwise, schema, path)];
  }
  if (typeof schema === "string") {
    const fits = schema === "integer" ? Number.isInteger(value) : typeof value === schema;
    return fits ? [] : [`${path}: ${kind(value)} in place of ${schema}`];
  }
  if ("oneOf" in schema) {
    return schema.oneOf.some((one) => one === value) ? [] : [`${path}: ${value} is none of ${schema.oneOf.join(", ")}`];
  }
  if ("list" in schema) {
    if (!Array.isArray(value)) return [`${path}: ${kind(value)} in place of a list`];
    return value.flatMap((one, at) => valueProblems(one, schema.list, `${path}.${at}`));
  }
  if (!isObject(value)) return [`${path}: ${kind(value)} in place of an object`];
  if ("map" in schema) return names.flatMap((name) => valueProblems(value[name], schema.map, `${path}.${name}`));
  return [
    ...schema.required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${path}: ${name} is missing`),
    ...names.flatMap((name) => {
      const inner = Object.hasOwn(schema.object, name) ? schema.object[name] : undefined;
      return inner === undefined
        ? [`${path}: no property ${name}`]
        : valueProblems(value[name], inner, `${path}.${name}`);
    }),
  ];
}

/**
 * Every name that a function uses has to be there; what is there only on a condition, only under that condition.
 * "If a resource with a condition isn't created, any resources that depend on that resource aren't created either."
 */
function referenceProblems(value: unknown, template: Template, path: string, condition: string | undefined): string[] {
  const of = (one: unknown, under = condition) => referenceProblems(one, template, path, under);
  if (Array.isArray(value)) return value.flatMap((one) => of(one));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === "Ref") return nameProblems(String(argument), null, template, path, condition);
    if (name === "Fn::GetAtt") {
      const [resource, attribute] = argument as string[];
      return nameProblems(String(resource), String(attribute), template, path, condition);
    }
    if (name === "Fn::Sub") {
      const variables = [...String(argument).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, variable = ""]) => variable);
      const broken = /\$\{(?![!\w])/.test(String(argument)) ? [`${path}: a \${ that CloudFormation would read`] : [];
      return [...broken, ...variables.flatMap((one) => nameProblems(one, null, template, path, condition))];
    }
    if (name === "Fn::If") {
      const [under, then, otherwise] = argument as [string, unknown, unknown];
      const missing = under in (template.Conditions ?? {}) ? [] : [`${path}: no condition ${under}`];
      return [...missing, ...of(then, under), ...of(otherwise)];
    }
    return of(argument);
  });
}

function nameProblems(
  name: string,
  attribute: string | null,
  { Parameters = {}, Resources }: Template,
  path: string,
  condition: string | undefined,
): string[] {
  if (attribute === null && (PSEUDO.includes(name) || Object.hasOwn(Parameters, name))) return [];
  const resource = Object.hasOwn(Resources, name) ? Resources[name] : undefined;
  if (resource === undefined) return [`${path}: nothing is called ${name}`];
  if (resource.Condition !== undefined && resource.Condition !== condition) {
    return [`${path}: ${name} is there on condition ${resource.Condition} only`];
  }
  const known = attribute === null || RESOURCE_TYPES[resource.Type]?.attributes.includes(attribute);
  return known ? [] : [`${path}: ${name} has no attribute ${attribute}`];
}
