/** The site of a rule as it is kept: of a whole address its host. */
export function ruleSite(text: string): string {
  const typed = text.trim();
  return /^https?:\/\/./i.test(typed) && URL.canParse(typed) ? new URL(typed).host : typed;
}
