/** A text to put somewhere, and where. */
export interface Change {
  /** For people: "In the role's permission policy". */
  where: string;
  /** To copy as it is. */
  text: string;
  /** Lines of it, from 0, on which it turns. */
  lines: number[];
}

export interface Explanation {
  /** The likely cause. */
  cause: string;
  changes: Change[];
}

/** @param turning what the lines on which it turns contain */
export function changeOf(where: string, text: string, turning: string[] = []): Change {
  const lines = text.split("\n").flatMap((line, index) => (turning.some((part) => line.includes(part)) ? [index] : []));
  return { where, text, lines };
}

export function jsonChange(where: string, value: object, turning: string[] = []): Change {
  return changeOf(where, JSON.stringify(value, null, 2), turning);
}

/** One member of a JSON object, as it stands in a file: `"region": "eu-west-1"`. */
export function memberChange(where: string, name: string, value: unknown): Change {
  return changeOf(where, `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
}
