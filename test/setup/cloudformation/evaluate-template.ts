/** What CloudFormation knows where a template is applied. */
export interface Place {
  account: string;
  region: string;
  parameters: Record<string, string>;
  /** What `Ref` of a resource gives, and `Fn::GetAtt` by `<resource>.<attribute>`. */
  resources: Record<string, string>;
}

export interface Template {
  Parameters?: Record<string, { Type: string; Default?: string; AllowedValues?: string[] }>;
  Conditions?: Record<string, unknown>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: unknown; Description?: string }>;
}

export interface Resource {
  Type: string;
  Condition?: string;
  Properties: Record<string, unknown>;
  [attribute: string]: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/**
 * What a value is once CloudFormation has applied its functions, as its guide has them ("Intrinsic function reference").
 *
 * @throws for a function or a reference that is not known
 */
export function evaluate(value: unknown, template: Template, place: Place): unknown {
  const of = (one: unknown): unknown => evaluate(one, template, place);
  if (Array.isArray(value)) return value.map(of);
  if (!isObject(value)) return value;
  const [[name, argument] = ["", undefined], ...more] = Object.entries(value);
  if (more.length > 0 || !(name === "Ref" || name.startsWith("Fn::"))) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, of(one)]));
  }
  const list = Array.isArray(argument) ? argument : [];
  switch (name) {
    case "Ref":
      return reference(String(argument), template, place);
    case "Fn::GetAtt":
      return reference(list.join("."), template, place);
    case "Fn::Sub":
      return String(argument).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, variable: string) =>
        literal === "!" ? `\${${variable}}` : reference(variable, template, place),
      );
    case "Fn::Join":
      return (of(list[1]) as string[]).join(String(list[0]));
    case "Fn::Equals":
      return of(list[0]) === of(list[1]);
    case "Fn::If":
      return of(template.Conditions?.[list[0]]) === true ? of(list[1]) : of(list[2]);
    default:
      throw new Error(`${name} is no function that is used here`);
  }
}

function reference(
  name: string,
  { Parameters = {} }: Template,
  { account, region, parameters, resources }: Place,
): string {
  const pseudo: Record<string, string> = { "AWS::AccountId": account, "AWS::Region": region };
  const found = pseudo[name] ?? resources[name] ?? parameters[name] ?? Parameters[name]?.Default;
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return found;
}
