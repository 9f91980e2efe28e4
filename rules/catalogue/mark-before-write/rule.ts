import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import type { ActorModel } from '../../model/actor-model.ts';
import { earlyMarksOf } from '../../model/early-marks.ts';
import type { EarlyMark } from '../../model/early-marks.ts';
import { visit } from '../../model/functions.ts';
import { headOf } from '../../model/region-head.ts';
import { regionWords } from '../loss-words.ts';
import type { Fix, Report, Rule } from '../rule.ts';

/** A position that says more than what is written. */
export const markBeforeWrite: Rule = {
  id: 'mark-before-write',
  group: 'restores',
  summary:
    'A kept position or seen-mark is moved on before the items are written: a migration in between leaves them out.',
  defaultSeverity: 'information',
  needsEntryPoint: true,
  check: (actor: ActorModel) => earlyMarksOf(actor).map(reportOf),
};

function reportOf(early: EarlyMark): Report {
  const { name, mark, write, region } = early;
  return {
    node: mark.expression,
    severity: 'information',
    message: `\`${name}\` moves on before the items are written: a migration in between leaves them out for good`,
    related: [
      { node: write, message: 'they are written here' },
      { ...headOf(region), message: regionWords(region) },
    ],
    fixes: fixesOf(early),
  };
}

/** The two statements change places, where nothing stands between them and the write does not ask for the mark. */
function fixesOf({ name, mark, write }: EarlyMark): readonly Fix[] {
  const file = mark.getSourceFile();
  const between = file.text.slice(mark.end, startOf(write));
  if (between.trim() !== '' || mentions(write, name)) return [];
  const changes = [
    replacement(file, startOf(mark), mark.end, textOf(write)),
    replacement(file, startOf(write), write.end, textOf(mark)),
  ];
  return [{ id: 'after-write', title: 'Move it behind the write', safe: false, changes: () => changes }];
}

function mentions(root: ts.Node, name: string): boolean {
  let isFound = false;
  visit(root, (node) => {
    if (ts.isIdentifier(node) && node.text === name) isFound = true;
  });
  return isFound;
}
