import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { conditionAround, returnsConstant } from '../../syntax/conditions.ts';
import { isOfAttempts, isPeriod } from './guarded-effects.ts';
import { calledNames, usesFrom } from '../../flow/value-uses.ts';

/** How many functions hand on an answer. */
const FURTHEST = 3;

/**
 * The uses of answers that these uses decide: in `if (isNew(id))`, where `isNew` says `if (seen.has(id)) return false`. Each is
 * asked in the place of `seen`.
 */
export function predicateGuardsOf(uses: readonly ts.MemberName[], code: Code): readonly ts.MemberName[] {
  const answers = new Set<ts.MemberName>();
  let asked = uses;
  for (let depth = 0; depth < FURTHEST && asked.length > 0; depth += 1) {
    asked = usesFrom(
      asked.flatMap((use) => namesOfAnswer(use, code)),
      code,
    ).filter((use) => !answers.has(use));
    for (const use of asked) answers.add(use);
  }
  return [...answers];
}

/** The names by which the function is called that answers by a condition with this use. */
function namesOfAnswer(use: ts.MemberName, code: Code): readonly ts.MemberName[] {
  const condition = conditionAround(use);
  if (condition?.kind !== 'branches' || !ts.isIfStatement(condition.of)) return [];
  const { thenStatement, elseStatement } = condition.of;
  const answers = [thenStatement, elseStatement].some((branch) => branch !== undefined && returnsConstant(branch));
  return answers && !isPeriod(use) && !isOfAttempts(condition.text) ? calledNames(condition.of, code) : [];
}
