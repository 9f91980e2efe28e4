import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { finding, report, view } from '../fakes/reports.ts';
import schema from '../lint-output.schema.json' with { type: 'json' };
import { json } from './json.ts';

const valid = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
const place = { file: '/made/shop/src/main.js', range: finding().range };
const everything = report({
  actors: [
    {
      root: '/made/shop',
      name: 'shop',
      sdk: { package: 'apify', version: undefined },
      entryPoints: ['/made/shop/src/main.js'],
      keys: [
        {
          store: 'default',
          key: 'STATE',
          savedAt: [{ ...place, on: ['migrating'] }],
          restoredAt: [place],
          ownedBy: [],
          isComplete: true,
          ownedAt: [],
          namedAt: [],
        },
      ],
      starts: [],
      listeners: [],
    },
    { root: '/made', name: 'all', sdk: undefined, entryPoints: [], keys: [], starts: [], listeners: [] },
  ],
  findings: [
    finding({
      related: [{ ...place, message: 'changed here' }],
      fixes: [{ id: 'await', title: 'Add await', kind: 'quickfix', safe: true }],
    }),
    finding({ severity: 'error' }),
  ],
  notices: [{ file: '/made/shop/big.js', reason: 'too large' }],
  files: ['/made/shop/src/main.js'],
});

function output(value = everything, quiet = false): unknown {
  return JSON.parse(json(value, view({ quiet })).stdout);
}

test('has the published shape', () => {
  for (const value of [everything, report()]) expect(valid(output(value)), JSON.stringify(valid.errors)).toBe(true);
});

test('the schema tells a wrong shape', () => {
  expect(valid({ version: 1, actors: [], findings: [{}], notices: [], summary: {} })).toBe(false);
});

test('counts lines and columns from 1, and names paths from the working directory', () => {
  expect(output()).toMatchObject({
    version: 1,
    actors: [
      {
        root: 'shop',
        sdk: { package: 'apify', version: null },
        entryPoints: ['shop/src/main.js'],
        keys: [{ store: 'default', key: 'STATE', ownedBy: null, complete: true }],
      },
      { root: '.', sdk: null },
    ],
    findings: [
      {
        file: 'shop/src/main.js',
        range: { start: { line: 5, column: 3 }, end: { line: 5, column: 13 } },
        related: [{ message: 'changed here', file: 'shop/src/main.js' }],
        fixes: [{ title: 'Add await', kind: 'quickfix', safe: true, id: 'await' }],
      },
      { severity: 'error' },
    ],
    notices: [{ file: 'shop/big.js', reason: 'too large' }],
    summary: { errors: 1, warnings: 1, information: 0, hints: 0, files: 1, actors: 2 },
  });
});

test('quiet leaves warnings out of the findings and counts them still', () => {
  expect(output(everything, true)).toMatchObject({
    findings: [{ severity: 'error' }],
    summary: { errors: 1, warnings: 1 },
  });
});
