// @ts-check
/**
 * An esbuild plugin that reports when it replaced nothing. The plugins here patch files of dependencies by path: after an
 * update that moves those files they would fall silent, and the bundle would break in one browser only, or grow.
 *
 * @param {string} name
 * @param {{ (build: import("esbuild").PluginBuild, matched: (path: string) => void): void }} setup calls `matched` for every replacement
 * @returns {import("esbuild").Plugin}
 */
export function mustMatch(name, setup) {
  return {
    name,
    setup(build) {
      let matches = 0;
      setup(build, () => {
        matches += 1;
      });
      build.onEnd(({ errors }) =>
        matches > 0 || errors.length > 0
          ? {}
          : { errors: [{ text: `${name} matched no file: look for what the dependency's update renamed` }] },
      );
    },
  };
}
