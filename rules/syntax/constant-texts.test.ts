import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

import { isAccess, memberNameOf } from './operands.ts';

/** The member that the access behind `here` names. */
function memberIn(text: string): string | undefined {
  const file = ts.createSourceFile('main.ts', text, ts.ScriptTarget.ES2022, true);
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    if (isAccess(node) && node.getFullText().includes('/*here*/')) found = memberNameOf(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('the member that an access names by a constant', () => {
  it.each([
    ["const SAVE = 'save'; /*here*/store[SAVE];", 'save'],
    ["const SAVE = ('save' as const); /*here*/store?.[SAVE];", 'save'],
    ['const SAVE = `save`; function run() { /*here*/store[SAVE]; }', 'save'],
    ["const SAVE = 'save'; { const SAVE = 'save'; } /*here*/store[SAVE];", 'save'],
    ["let SAVE = 'save'; /*here*/store[SAVE];", undefined],
    ["const SAVE = 'save'; { const SAVE = 'load'; } /*here*/store[SAVE];", undefined],
    ["const SAVE = 'save'; function run(SAVE) { /*here*/store[SAVE]; }", undefined],
    ["const SAVE = 'save'; function run({ SAVE }) { /*here*/store[SAVE]; }", undefined],
    ["import { SAVE } from './names.js'; /*here*/store[SAVE];", undefined],
    ['const SAVE = name(); /*here*/store[SAVE];', undefined],
  ])('%s', (text, name) => {
    expect(memberIn(text)).toBe(name);
  });
});
