/** Variables of the extension host that are the editor's own affair. */
const EDITORS_OWN = /^(?:VSCODE_|ELECTRON_|APPLICATION_INSIGHTS)/u;

/**
 * The environment that the processes of a run inherit: the editor's, without what is its own, and over it what the launch
 * configuration says.
 *
 * @param configured a variable that is `null` is taken out
 */
export function actorEnvironment(
  editors: Readonly<Record<string, string | undefined>>,
  configured: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  const merged = {
    ...Object.fromEntries(Object.entries(editors).filter(([name]) => !EDITORS_OWN.test(name))),
    ...configured,
  };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
