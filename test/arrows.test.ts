import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cycle, LAYERS, sourcesOf, wrongImports, wrongLayers } from './imports.ts';

/** The arrows of the design: client -> simulator, cli -> rules and simulator, server -> rules; nothing else. */
describe('the parts use each other one way', () => {
  const sources = sourcesOf(fileURLToPath(new URL('..', import.meta.url)));

  test('in every file of this repository', () => {
    expect(new Set(sources.map(({ path }) => path.split('/')[0]))).toEqual(
      new Set(['rules', 'simulator', 'server', 'cli', 'client']),
    );
    expect(wrongImports(sources)).toEqual([]);
  });

  test('and never in a ring', () => {
    expect(cycle(sources)).toBeUndefined();
  });
});

describe('the layers of the analysis use those before them only', () => {
  const sources = sourcesOf(fileURLToPath(new URL('..', import.meta.url)));

  test('in every file that the face reaches', () => {
    const folders = sources.map(({ path }) => path.split('/')).filter(([part, , file]) => part === 'rules' && file);
    expect(new Set(folders.map(([, folder]) => folder))).toEqual(new Set(LAYERS.filter((layer) => layer !== 'face')));
    expect(wrongLayers(sources)).toEqual([]);
  });

  test('an import that goes up is told, and one from rule to rule', () => {
    const files = [
      { path: 'rules/index.ts', text: "export * from './catalogue/late/rule.ts';" },
      { path: 'rules/catalogue/late/rule.ts', text: "import '../early/fixes.ts'; import '../../actor/a.ts';" },
      { path: 'rules/catalogue/early/fixes.ts', text: "import type { X } from '../../index.ts';" },
      { path: 'rules/actor/a.ts', text: "export { x } from '../flow/b.ts'; import '../catalogue/rule.ts';" },
      { path: 'rules/flow/b.ts', text: "const x = await import('../actor/a.ts');" },
      { path: 'rules/flow/b.test.ts', text: "import '../catalogue/rule.ts';" },
    ];
    expect(wrongLayers(files).toSorted()).toEqual([
      'rules/actor/a.ts: actor must not use rules/catalogue/rule.ts',
      'rules/catalogue/early/fixes.ts: catalogue must not use rules/index.ts',
      'rules/catalogue/late/rule.ts: a rule must not use rules/catalogue/early/fixes.ts',
      'rules/flow/b.ts: flow must not use rules/actor/a.ts',
    ]);
  });
});

describe('an arrow that is broken is told', () => {
  test.each([
    ['rules/a.ts', "import { x } from '../simulator/run.ts';", 'rules/a.ts: rules must not use simulator'],
    ['rules/actor/a.ts', "import type { X } from '../../server/x.ts';", 'rules/actor/a.ts: rules must not use server'],
    [
      'rules/a.ts',
      "export * from 'vscode-languageserver/node';",
      'rules/a.ts: rules must not know vscode-languageserver',
    ],
    ['simulator/a.ts', "const x = await import('ts-morph');", 'simulator/a.ts: simulator must not know ts-morph'],
    ['server/a.ts', "const vscode = require('vscode');", 'server/a.ts: server must not know vscode'],
    ['client/a.ts', "import { x } from '../rules/index.ts';", 'client/a.ts: client must not use rules'],
    ['cli/a.ts', "import { x } from '../client/report.ts';", 'cli/a.ts: cli must not use client'],
  ])('%s: %s', (path, text, sentence) => {
    expect(wrongImports([{ path, text }])).toEqual([sentence]);
  });

  test('what is allowed, and what only looks like an import, is not', () => {
    const allowed = [
      {
        path: 'cli/a.ts',
        text: "import { x } from '../rules/index.ts'; import { y } from './b.ts'; import fs from 'node:fs';",
      },
      { path: 'client/a.ts', text: "import * as vscode from 'vscode'; // import '../rules/index.ts'" },
      { path: 'rules/a.ts', text: 'const example = "import vscode from \'vscode\'";' },
    ];
    expect(wrongImports(allowed)).toEqual([]);
  });

  test('a ring is named', () => {
    const files = [
      { path: 'cli/a.ts', text: "import '../rules/a.ts';" },
      { path: 'rules/a.ts', text: "import '../server/a.ts';" },
      { path: 'server/a.ts', text: "import '../rules/b.ts';" },
    ];
    expect(cycle(files)).toEqual(['rules', 'server', 'rules']);
  });
});
