/**
 * Writes the settings into package.json: one for each rule, so that the editor completes and explains them.
 * `--check` changes nothing and fails when package.json is behind the rules.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { build, root } from './build.mjs';

const SEVERITIES = [
  ['default', "What the Actor's own package.json says, else what the rule chooses by the consequence."],
  ['off', 'Do not look for it.'],
  ['hint', 'Report as a hint: three dots, not in the Problems view.'],
  ['information', 'Report as information.'],
  ['warning', 'Report as a warning.'],
  ['error', 'Report as an error.'],
];

/** @param {readonly { id: string, summary: string, always: string | undefined }[]} rules */
function configurationOf(rules) {
  return {
    title: 'Actor State',
    properties: {
      'actorState.enable': {
        type: 'boolean',
        default: true,
        scope: 'resource',
        markdownDescription: 'Look for progress that a migration of an Apify Actor would lose.',
      },
      ...Object.fromEntries(rules.map((rule) => [`actorState.rules.${rule.id}`, ruleSetting(rule)])),
      'actorState.codeLens': {
        type: 'boolean',
        default: true,
        scope: 'resource',
        markdownDescription:
          'Show what can be done with an Actor over the line where its work begins: *Debug Actor*, *Simulate Migration*.',
      },
      'actorState.migration.graceSeconds': {
        type: 'number',
        default: 10,
        minimum: 0,
        maximum: 3600,
        scope: 'resource',
        markdownDescription:
          'Seconds that an Actor has to save its state in a simulated migration, from the event to the kill. A launch configuration may say otherwise.',
      },
      'actorState.trace.server': {
        type: 'string',
        enum: ['off', 'messages', 'verbose'],
        default: 'off',
        scope: 'window',
        markdownDescription:
          'Write what the editor and the server tell each other into the output channel *Actor State*.',
      },
    },
  };
}

/** @param {{ id: string, summary: string, always: string | undefined }} rule */
function ruleSetting({ summary, always }) {
  const choices = always === undefined ? SEVERITIES : [...SEVERITIES, ['always', always]];
  return {
    type: 'string',
    enum: choices.map(([value]) => value),
    enumDescriptions: choices.map(([, description]) => description),
    default: 'default',
    scope: 'resource',
    markdownDescription: summary,
  };
}

await build({ quiet: true });
const { rules } = createRequire(import.meta.url)(join(root, 'dist/core.cjs'));
const file = join(root, 'package.json');
const manifest = JSON.parse(readFileSync(file, 'utf8'));
const configuration = configurationOf(await rules());

if (isDeepStrictEqual(manifest.contributes?.configuration, configuration)) {
  console.log('package.json has a setting for each rule');
} else if (argv.includes('--check')) {
  console.error('The settings in package.json are not those of the rules: run `npm run manifest`.');
  exit(1);
} else {
  writeFileSync(
    file,
    `${JSON.stringify({ ...manifest, contributes: { ...manifest.contributes, configuration } }, undefined, 2)}\n`,
  );
  console.log('package.json: settings written');
}
