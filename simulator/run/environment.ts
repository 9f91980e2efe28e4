type Environment = Readonly<Record<string, string>>;

export interface EnvironmentParts {
  /** What the face was started with. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Names that the platform wants nobody to inherit. */
  readonly takenOut: readonly string[];
  /** What the platform needs: it wins. */
  readonly platform: Environment;
  /** Required by each Node process, after whatever the user or a debugger requires. */
  readonly preload: string;
}

/** The environment of every process of a run, but for its temporary folder. */
export function runEnvironment({ inherited, takenOut, platform, preload }: EnvironmentParts): Environment {
  const out = new Set(takenOut);
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !out.has(entry[0]),
  );
  const environment: Environment = { ...Object.fromEntries(kept), ...platform };
  const options = [environment['NODE_OPTIONS'], `--require ${quoted(preload)}`];
  return { ...environment, NODE_OPTIONS: options.filter(Boolean).join(' ') };
}

/** The environment with a temporary folder of the process's own. */
export function withTemporaryFolder(environment: Environment, folder: string): Environment {
  return { ...environment, TMPDIR: folder, TMP: folder, TEMP: folder };
}

/** As Node reads NODE_OPTIONS: in double quotes a backslash escapes. */
function quoted(path: string): string {
  return `"${path.replaceAll(/[\\"]/g, '\\$&')}"`;
}
