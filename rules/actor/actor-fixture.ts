import { modelOf, programOf } from './actor-model.ts';
import type { ActorModel } from './actor-model.ts';
import { SourceProject } from '../program/source-project.ts';
import type { ImportTarget } from '../program/source-project.ts';
import type { ActorFolder } from '../workspace/actors.ts';

/** The SDK that a fixture's Actor has; its declarations are the real ones. */
export type FixtureSdk = 'apify 0' | 'apify 1' | 'apify 2' | 'apify 3' | 'apify 3.6' | 'crawlee 3';

/** Which package and version that is. */
export const FIXTURE_SDKS = {
  'apify 0': { package: 'apify', version: '0.22.5', generation: 0 },
  'apify 1': { package: 'apify', version: '1.3.4', generation: 1 },
  'apify 2': { package: 'apify', version: '2.3.2', generation: 2 },
  'apify 3': { package: 'apify', version: '3.7.2', generation: 3 },
  'apify 3.6': { package: 'apify', version: '3.6.0', generation: 3 },
  'crawlee 3': { package: 'crawlee', version: '3.18.1', generation: 3 },
} as const;

/**
 * For tests: the model of a small Actor whose files stand in the test. The first file is the entry point.
 *
 * @param files texts by file name, such as `main.js` or `src/routes.ts`; relative imports name files as they are
 */
export function actorOf(files: Readonly<Record<string, string>>, sdk: FixtureSdk = 'apify 3'): ActorModel {
  const version = FIXTURE_SDKS[sdk];
  const paths = Object.keys(files).map((name) => `/actor/${name}`);
  const project = new SourceProject((specifier, from) => resolve(specifier, from, paths, version.generation));
  for (const [name, text] of Object.entries(files)) project.setText(`/actor/${name}`, text);
  const folder: ActorFolder = {
    root: '/actor',
    name: 'fixture',
    kind: 'actor',
    sdk: { ...version, from: 'installed' },
    entryPoints: paths.slice(0, 1),
    packageJson: undefined,
    sources: paths,
    ruleSettings: {},
  };
  return modelOf(folder, project, programOf(folder, project));
}

function resolve(
  specifier: string,
  from: string,
  paths: readonly string[],
  generation: number,
): ImportTarget | undefined {
  if (specifier === 'apify') return { kind: 'sdk', declarations: generation < 3 ? 'apify-legacy' : 'apify-3' };
  if (specifier === 'apify-client') return { kind: 'sdk', declarations: 'apify-client' };
  if (specifier === 'crawlee' || specifier.startsWith('@crawlee/')) return { kind: 'sdk', declarations: 'crawlee-3' };
  if (!specifier.startsWith('.')) return undefined;
  const target = new URL(specifier, `file://${from}`).pathname;
  const path = [target, `${target}.ts`, `${target}.js`, target.replace(/\.js$/u, '.ts')].find((each) =>
    paths.includes(each),
  );
  return path === undefined ? undefined : { kind: 'file', path };
}
