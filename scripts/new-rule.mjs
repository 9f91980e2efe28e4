/**
 * Begins a rule: its folder in the catalogue with the rule, its page and its tests, and what is generated from the folders.
 *
 *   npm run new-rule -- <id> --group <losses|saves|restores|listeners|misuse> [--severity <error|warning|information|hint>]
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { parseArgs } from 'node:util';
import { runScript } from './checks/tool.mjs';
import { root } from './ensure-installed.mjs';
import { nameOfRule } from './generated/all-rules.mjs';

const GROUPS = ['losses', 'saves', 'restores', 'listeners', 'misuse'];
const SEVERITIES = ['error', 'warning', 'information', 'hint'];

const { id, group, severity } = readArguments();
const folder = join(root, 'rules', 'catalogue', id);
if (existsSync(folder)) leave(`There is a rule ${id} already: rules/catalogue/${id}`);
mkdirSync(folder);
for (const [file, text] of Object.entries(filesOf(id, group, severity))) writeFileSync(join(folder, file), text);
const succeeded = await runScript('scripts/generate.mjs', [], { quiet: false });
console.log(`rules/catalogue/${id}: rule.ts, rule.md and rule.test.ts; the meta-test says what they lack.`);
exit(succeeded ? 0 : 1);

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      args: argv.slice(2),
      allowPositionals: true,
      options: { group: { type: 'string' }, severity: { type: 'string', default: 'warning' } },
    });
    const [name = ''] = positionals;
    if (!/^[a-z]+(?:-[a-z]+)*$/.test(name)) leave(`A rule's id is lower-case words with hyphens, not "${name}".`);
    if (!GROUPS.includes(values.group ?? '')) leave(`--group takes one of ${GROUPS.join(', ')}.`);
    if (!SEVERITIES.includes(values.severity)) leave(`--severity takes one of ${SEVERITIES.join(', ')}.`);
    return { id: name, group: values.group, severity: values.severity };
  } catch (error) {
    return leave(error.message);
  }
}

function leave(sentence) {
  console.error(sentence);
  exit(2);
}

function filesOf(rule, about, level) {
  const name = nameOfRule(rule);
  const summary = 'What it finds, in one line';
  return {
    'rule.ts': `import type { ActorModel } from '../../actor/actor-model.ts';
import type { Report, Rule } from '../rule.ts';

/** What it finds, and where it stays quiet. */
export const ${name}: Rule = {
  id: '${rule}',
  group: '${about}',
  summary: '${summary}',
  defaultSeverity: '${level}',
  needsEntryPoint: true,
  check: (actor) => reportsOf(actor),
};

function reportsOf(_actor: ActorModel): readonly Report[] {
  return [];
}
`,
    'rule.md': `# ${rule}

${summary}.

Default severity: **${level}**. Options: the severity, or \`off\`.

## What it finds

It is quiet where …

## Why it matters

(The project's SDK facts, section …)

## Examples

## What the fixes do

## When it is safe to turn it off

`,
    'rule.test.ts': `import { describe, it } from 'vitest';

import { expectReports } from '../expect-reports.ts';
import { ${name} } from './rule.ts';

describe('it finds', () => {
  it('…', () => {
    expectReports(${name}, \`
import { Actor } from 'apify';
await Actor.init();
\`);
  });
});

describe('it is quiet on', () => {
  it('…', () => {
    expectReports(${name}, \`
import { Actor } from 'apify';
await Actor.init();
\`);
  });
});
`,
  };
}
