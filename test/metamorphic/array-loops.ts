import { ts } from 'ts-morph';

import { nodesOf } from './parsed.ts';
import type { Parsed } from './parsed.ts';
import { isNeverAssigned } from './statements.ts';

export interface ArrayLoop {
  readonly loop: ts.ForOfStatement;
  /** The item's name or pattern. */
  readonly declared: string;
  /** The array's name. */
  readonly list: string;
}

/** `for (const x of xs)` where `xs` is an array for good: a literal, the input's, or what the network gave. */
export function arrayLoops(parsed: Parsed): readonly ArrayLoop[] {
  return nodesOf(parsed, ts.isForOfStatement).flatMap((loop) => {
    const declared = declaredIn(loop);
    const list = loop.expression;
    if (declared === undefined || !ts.isIdentifier(list) || loop.awaitModifier !== undefined) return [];
    const isFixed = isNeverAssigned(parsed, list) && isArray(parsed, list) && !isChanged(parsed, list);
    return isFixed ? [{ loop, declared, list: list.text }] : [];
  });
}

export function declaredIn(loop: ts.ForOfStatement): string | undefined {
  const { initializer } = loop;
  if (!ts.isVariableDeclarationList(initializer) || (initializer.flags & ts.NodeFlags.Const) === 0) return undefined;
  return initializer.declarations[0]?.name.getText();
}

function isArray(parsed: Parsed, list: ts.Identifier): boolean {
  const declaration = parsed.usesOf(list)[0]?.parent;
  if (declaration === undefined) return false;
  const whole = ts.isBindingElement(declaration) ? declaration.parent.parent : declaration;
  if (!ts.isVariableDeclaration(whole) || whole.initializer === undefined) return false;
  const text = whole.initializer.getText();
  if (ts.isBindingElement(declaration))
    return declaration.dotDotDotToken === undefined && /^\(?await \w+\.(?:getInput|json)\(\)/u.test(text);
  return ts.isArrayLiteralExpression(whole.initializer);
}

/** Whether something may be added to it or taken from it. */
function isChanged(parsed: Parsed, list: ts.Identifier): boolean {
  return parsed
    .usesOf(list)
    .some(
      ({ parent }) =>
        ts.isPropertyAccessExpression(parent) &&
        /^(?:push|pop|shift|unshift|splice|sort|reverse|fill)$/u.test(parent.name.text),
    );
}
