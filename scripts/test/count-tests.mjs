// @ts-check

/**
 * @param {boolean} ok whether vitest itself was content: it is not when an error escaped every test
 * @param {string | null} json its report
 */
export function countTests(ok, json) {
  if (json === null) return { passed: 0, failed: 1 };
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const report = JSON.parse(json);
  // A file that could not be loaded has no tests that could fail.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return { passed: report.numPassedTests, failed: ok ? failed : Math.max(1, failed) };
}
