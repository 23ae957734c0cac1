// @ts-check

/**
 * @param {boolean} ok whether vitest itself was content: it is not when an error escaped every test
 * @param {string | null} json its report
 * @returns {{ passed: number, failed: number, names: string[] }} `names` of tests and files that failed
 */
export function countTests(ok, json) {
  if (json === null) return { passed: 0, failed: 1, names: ["vitest wrote no report"] };
  /** @type {{ numPassedTests: number, testResults: { name: string, status: string, assertionResults: { status: string, fullName: string }[] }[] }} */
  const report = JSON.parse(json);
  const names = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = name.replace(/^.*\/(?=test\/)/, "");
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length > 0) return failed.map(({ fullName }) => `${file}: ${fullName}`);
    // A file that could not be loaded has no tests that could fail.
    return status === "failed" ? [file] : [];
  });
  if (!ok && names.length === 0) names.push("an error outside of every test");
  return { passed: report.numPassedTests, failed: names.length, names };
}
