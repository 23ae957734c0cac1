/** What tells roles apart in an ARN: `arn:aws:iam::123456789012:role/team/reader` → `reader`. */
export function shortRole(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
