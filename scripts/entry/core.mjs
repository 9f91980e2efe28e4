/**
 * All that needs the analysis, in one bundle: server and command line share one copy of it.
 * Each is loaded when it is asked for, and each loads the analysis itself when it first needs it.
 */

/** Serves the language server protocol on the transport that the arguments name. */
export async function serve() {
  const { serve: start } = await import('../../server/server.ts');
  start();
}

/** Runs the command line; the process ends by itself once everything is printed. */
export async function run() {
  const { run: start } = await import('../../cli/main.ts');
  const { stdout, stderr, env } = process;
  const cwd = workingDirectory();
  if (cwd === undefined) {
    stderr.write('actor-state: the working directory is not there any more: change to a folder that exists\n');
    process.exitCode = 2;
    return;
  }
  let isFailed = false;
  const fail = () => {
    isFailed = true;
    process.exitCode = 2;
  };
  const exitCode = await start(process.argv.slice(2), { stdout, stderr, env, cwd, fail });
  process.exitCode = isFailed ? 2 : exitCode;
}

/** The working directory; `undefined` when it was deleted while the shell stood in it. */
function workingDirectory() {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** The rules with what is said of them, for the scripts that write the manifest. */
export async function rules() {
  return (await import('../../rules/index.ts')).rules;
}
