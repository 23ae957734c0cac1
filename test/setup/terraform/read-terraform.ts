import { getExpressionAst, parse } from "@cdktf/hcl2json";

/** A block's attributes and inner blocks, by name; a block that may come again is a list. */
export type Parsed = Record<string, unknown>;

export interface TerraformFile {
  terraform: Parsed[];
  provider: Record<string, Parsed[]>;
  resource: Record<string, Record<string, Parsed[]>>;
  output: Record<string, Parsed[]>;
  variable?: Record<string, Parsed[]>;
}

/** The file as HashiCorp's own parser reads it; expressions stay as they are written, `${…}`. */
export async function readTerraform(text: string): Promise<TerraformFile> {
  return (await parse("main.tf", text)) as TerraformFile;
}

interface Node {
  type: string;
  meta?: Record<string, unknown>;
  children: Node[];
  range: { start: { byte: number }; end: { byte: number } };
}

/**
 * What an attribute is once Terraform has evaluated it.
 *
 * @param names what references are, for example `local.account`
 * @throws for a function, an operator or a reference that is not known
 */
export async function evaluateAttribute(attribute: unknown, names: Record<string, string>): Promise<unknown> {
  if (Array.isArray(attribute)) return Promise.all(attribute.map((one) => evaluateAttribute(one, names)));
  if (typeof attribute !== "string") return attribute;
  const [, expression] = /^\$\{(.*)\}$/s.exec(attribute) ?? [];
  // A text that only begins and ends like an expression, `${a}/${b}`, is none.
  const whole = expression !== undefined && !/^[^"]*\}.*\$\{[^"]*$/s.test(expression);
  const source = whole ? expression : JSON.stringify(attribute);
  const node = (await getExpressionAst("main.tf", source)) as Node | null;
  if (node === null) throw new Error(`not an expression: ${source}`);
  return nodeValue(node, Buffer.from(source), names);
}

function nodeValue(node: Node, source: Buffer, names: Record<string, string>): unknown {
  const { type, meta = {}, children } = node;
  const of = (child: Node | undefined) => nodeValue(child as Node, source, names);
  switch (type) {
    case "function":
      if (meta.name !== "jsonencode" || children.length !== 1) throw new Error(`no function ${meta.name}`);
      return JSON.stringify(of(children[0]));
    case "object": {
      const pairs = Array.from({ length: children.length / 2 }, (_, at) => children.slice(2 * at, 2 * at + 2));
      return Object.fromEntries(pairs.map(([key, value]) => [keyOf(key as Node, source), of(value)]));
    }
    case "tuple":
      return children.map(of);
    case "template":
      return children.map((child) => String(of(child))).join("");
    case "scopeTraversal":
      return reference(String(meta.value), names);
    case "literalValue":
      if (meta.type === "number") return Number(meta.value);
      if (meta.type === "bool") return meta.value === "true";
      return meta.type === "string" ? unescaped(String(meta.value)) : null;
    default:
      throw new Error(`no expression of type ${type}`);
  }
}

/** In quotes, or a bare name. */
function keyOf({ children: [template], range }: Node, source: Buffer): string {
  if (template !== undefined) return String(nodeValue(template, source, {}));
  return source.subarray(range.start.byte, range.end.byte).toString();
}

function reference(name: string, names: Record<string, string>): string {
  const found = names[name];
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return found;
}

/** The parser hands literals over as they are written. (HCL native syntax, "Template Expressions".) */
function unescaped(text: string): string {
  const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
  return text.replace(/\$\$\{|%%\{|\\u([\da-f]{4})|\\(.)/gi, (found, unit?: string, letter?: string) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    return letter === undefined ? found.slice(1) : (escapes[letter] ?? found);
  });
}
