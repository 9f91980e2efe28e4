import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FIXTURE_SDKS } from '../../../rules/actor/actor-fixture.ts';
import { examplesOf } from '../../../rules/catalogue/page-examples.ts';
import type { Program } from '../program.ts';

/** The examples on the rules' pages. */
export function pagePrograms(root: string): readonly Program[] {
  const catalogue = join(root, 'rules/catalogue');
  const rules = readdirSync(catalogue, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return rules.flatMap(({ name }) =>
    examplesOf(readFileSync(join(catalogue, name, 'rule.md'), 'utf8')).map(
      ({ sdk, files, line, verdict }): Program => ({
        name: `${name}:${line}:${verdict}`,
        sdk: { package: FIXTURE_SDKS[sdk].package, version: FIXTURE_SDKS[sdk].version },
        files,
      }),
    ),
  );
}
