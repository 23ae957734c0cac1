/** A valibot schema as a person reads it: TypeScript's notation, and limits in words. */
import type * as v from "valibot";

/** What all kinds of schemas that site-methods.ts uses have between them. */
interface AnySchema {
  kind: "schema";
  type: string;
  expects: string;
  entries?: Record<string, AnySchema>;
  wrapped?: AnySchema;
  item?: AnySchema;
  options?: (AnySchema | string)[];
  default?: unknown;
  pipe?: (AnySchema | Check)[];
}

interface Check {
  kind: "validation";
  type: string;
  requirement: unknown;
}

export interface Described {
  name: string;
  optional: boolean;
  type: string;
  /** For example `1 to 1,024 characters`; empty where there are none. */
  limits: string;
}

/** The members of a method's parameters. @throws Error for a kind of schema that this knows nothing of */
export function describeParams(schema: v.GenericSchema): Described[] {
  const { entries = {} } = inner(schema as unknown as AnySchema).schema;
  return Object.entries(entries).map(([name, entry]) => {
    const { schema: own, optional, nullable, fallback } = inner(entry);
    const type = typeOf(own) + (nullable ? " | null" : "");
    const limits = [...limitsOf(own), ...(fallback === undefined ? [] : [`default \`${JSON.stringify(fallback)}\``])];
    return { name, optional, type, limits: limits.join(", ") };
  });
}

function inner(schema: AnySchema) {
  const found = { schema, optional: false, nullable: false, fallback: undefined as unknown };
  while (found.schema.wrapped !== undefined) {
    if (found.schema.type === "optional") {
      found.optional = true;
      found.fallback = found.schema.default;
    } else if (found.schema.type === "nullable") found.nullable = true;
    else throw new Error(`A wrapper that is not known: ${found.schema.type}`);
    found.schema = found.schema.wrapped;
  }
  return found;
}

function typeOf(schema: AnySchema): string {
  switch (schema.type) {
    case "string":
    case "number":
    case "boolean":
      return schema.type;
    case "blob":
      return "Body";
    case "custom":
      return "Attributes";
    case "picklist":
      return (schema.options ?? []).map((option) => JSON.stringify(option)).join(" | ");
    case "array": {
      const { schema: item } = inner(schema.item ?? schema);
      const type = typeOf(item);
      return /[|{]/.test(type) ? `(${type})[]` : `${type}[]`;
    }
    case "union":
      return (schema.options ?? []).map((option) => typeOf(option as AnySchema)).join(" | ");
    case "strict_object":
      return `{ ${Object.entries(schema.entries ?? {})
        .map(member)
        .join("; ")} }`;
    default:
      throw new Error(`A schema that is not known: ${schema.type}`);
  }
}

function member([name, schema]: [string, AnySchema]): string {
  const { schema: own, optional, nullable } = inner(schema);
  return `${name}${optional ? "?" : ""}: ${typeOf(own)}${nullable ? " | null" : ""}`;
}

function limitsOf({ type, pipe = [] }: AnySchema): string[] {
  const of = (name: string) => pipe.find((part): part is Check => part.kind === "validation" && part.type === name);
  const number = (name: string) => {
    const requirement = of(name)?.requirement;
    return typeof requirement === "number" ? requirement.toLocaleString("en") : null;
  };
  const unit = type === "array" ? "entries" : "characters";
  const [least, most] = [number("min_length"), number("max_length")];
  const [low, high] = [number("min_value"), number("max_value")];
  return [
    ...(least !== null && most !== null
      ? [`${least} to ${most} ${unit}`]
      : most !== null
        ? [`at most ${most} ${unit}`]
        : []),
    ...((of("integer") ?? of("safe_integer")) ? ["whole"] : []),
    ...(low !== null && high !== null ? [`${low} to ${high}`] : low !== null ? [`at least ${low}`] : []),
    ...(of("regex") === undefined ? [] : ["1 to 200 characters of ASCII"]),
  ];
}
