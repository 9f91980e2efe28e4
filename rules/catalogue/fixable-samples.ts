import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { ActorWorkspace } from '../actor-workspace.ts';
import { fixFixtures } from '../fixes/persist/fixtures.ts';
import { WAITING_FORMS } from '../fixes/waiting-forms.ts';
import { FIXTURE_SDKS } from '../actor/actor-fixture.ts';
import type { FixtureSdk } from '../actor/actor-fixture.ts';
import { memoryFileSystem } from '../workspace/memory-file-system.ts';
import { unmarked } from './expect-reports.ts';
import type { MarkedFiles } from './expect-reports.ts';
import { ruleIds } from './index.ts';
import { examplesOf } from './page-examples.ts';
import { pageOf } from './page-of.ts';

/** An Actor to try fixes on. */
export interface FixableSample {
  readonly name: string;
  /** @param change what to make of each text first */
  readonly open: (change?: (text: string) => string) => ActorWorkspace;
}

/** Every Actor of the repository that fixes can be tried on: the pages' examples, the fixtures and forms of fixes, the samples. */
export function fixableSamples(): readonly FixableSample[] {
  const examples = ruleIds.flatMap((id) =>
    examplesOf(pageOf(id)).map(({ files, sdk, line }) => inMemory(`${id}/rule.md:${line}`, files, sdk)),
  );
  const fixtures = fixFixtures().map(({ name, before, sdk }) => inMemory(`fixtures/${name}.md`, before, sdk));
  const forms = Object.entries(WAITING_FORMS).map(([name, files]) => inMemory(`forms/${name}`, files, 'apify 3'));
  return [...examples, ...fixtures, ...forms, ...onDisk()];
}

function inMemory(name: string, marked: MarkedFiles, sdk: FixtureSdk): FixableSample {
  const files = unmarked(marked);
  const { package: dependency, version } = FIXTURE_SDKS[sdk];
  const manifest = { name: 'sample', main: Object.keys(files)[0], dependencies: { [dependency]: version } };
  return {
    name,
    open: (change = (text) => text) => {
      const texts = Object.entries(files).map(([file, text]) => [`/actor/${file}`, change(text)]);
      const all = { ...Object.fromEntries(texts), '/actor/package.json': JSON.stringify(manifest) };
      return new ActorWorkspace('/actor', memoryFileSystem(all));
    },
  };
}

/** The Actors of test-workspace/; a change of theirs is an editor's, and the disk stays as it is. */
function onDisk(): readonly FixableSample[] {
  const folder = fileURLToPath(new URL('../../test-workspace/', import.meta.url)).replaceAll('\\', '/');
  const actors = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return actors.map(({ name }) => ({
    name: `test-workspace/${name}`,
    open: () => new ActorWorkspace(`${folder}${name}`),
  }));
}
