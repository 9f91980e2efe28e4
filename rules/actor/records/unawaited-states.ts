import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { isAssignment } from '../../syntax/assignments.ts';
import type { Code } from '../../flow/code.ts';
import { functionAround, isFunctionNode } from '../../syntax/functions.ts';
import type { AutoSaved } from '../effects/persistence.ts';
import { isChainWord } from '../../flow/promises.ts';

/** A call whose promise of a state nobody waits for. */
export interface UnawaitedState {
  readonly state: AutoSaved;
  /** The call: `useState` itself, or a function of the project that returns its promise. */
  readonly call: ts.CallExpression;
  /** Where the promise is used as if it were the state; `undefined` where it is dropped. */
  readonly use: ts.Node | undefined;
}

/** How many functions may hand the promise on. */
const FURTHEST = 4;

/** The calls of `useState` and its kin whose promise is used as the state, or dropped. */
export function unawaitedStatesOf({ code, persistence }: ActorModel): readonly UnawaitedState[] {
  return persistence.autoSaved.flatMap((state) =>
    ts.isCallExpression(state.call) ? unawaited(state.call, state, code, 0) : [],
  );
}

function unawaited(call: ts.CallExpression, state: AutoSaved, code: Code, depth: number): readonly UnawaitedState[] {
  const fate = fateOf(call, code, 'statement');
  switch (fate.kind) {
    case 'used':
      return [{ state, call, use: fate.use }];
    case 'dropped':
      return [{ state, call, use: undefined }];
    case 'returned':
      if (depth >= FURTHEST) return [];
      return code
        .callersOf(fate.by)
        .flatMap((caller) => (ts.isCallExpression(caller) ? unawaited(caller, state, code, depth + 1) : []));
    case 'fine':
      return [];
  }
}

type Fate =
  | { readonly kind: 'used'; readonly use: ts.Node }
  | { readonly kind: 'returned'; readonly by: ReturnType<typeof functionAround> & object }
  | { readonly kind: 'dropped' | 'fine' };

const FINE: Fate = { kind: 'fine' };

/**
 * What becomes of a promise where it stands.
 *
 * @param as `name`: it is a variable's, and a use that drops it is no use
 */
function fateOf(promise: ts.Expression, code: Code, as: 'statement' | 'name'): Fate {
  const value = withDefault(promise);
  const { parent } = value;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === value) {
    return isChainWord(parent.name.text) ? FINE : { kind: 'used', use: parent };
  }
  if (ts.isElementAccessExpression(parent) && parent.expression === value) return { kind: 'used', use: parent };
  if (ts.isSpreadAssignment(parent)) return { kind: 'used', use: parent };
  if (ts.isExpressionStatement(parent)) return as === 'name' ? FINE : { kind: 'dropped' };
  if (as === 'name') return FINE;
  if (ts.isVariableDeclaration(parent) && parent.initializer === value) return ofVariable(parent.name, code);
  if (isAssignment(parent) && parent.right === value) return ofTarget(parent.left, code);
  const fn = ts.isReturnStatement(parent)
    ? functionAround(parent)
    : ts.isArrowFunction(parent) && parent.body === value
      ? parent
      : undefined;
  return fn !== undefined && isFunctionNode(fn) ? { kind: 'returned', by: fn } : FINE;
}

function ofVariable(name: ts.BindingName, code: Code): Fate {
  if (ts.isIdentifier(name)) return ofTarget(name, code);
  return ts.isObjectBindingPattern(name) && name.elements.length > 0 ? { kind: 'used', use: name } : FINE;
}

/** A name that holds the promise: fine as soon as one of its uses may wait for it. */
function ofTarget(target: ts.Expression, code: Code): Fate {
  const name = ts.isPropertyAccessExpression(target) ? target.name : target;
  const symbol = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? code.symbolOf(name) : undefined;
  if (symbol === undefined) return FINE;
  const places = code
    .referencesOf(symbol)
    .filter((reference) => reference !== name && !isDeclared(reference))
    .map((reference) => {
      const { parent } = reference;
      return ts.isPropertyAccessExpression(parent) && parent.name === reference ? parent : reference;
    });
  const fates = places.map((place) => fateOf(place, code, 'name'));
  const used = fates.find((fate) => fate.kind === 'used');
  return used !== undefined && fates.every((fate) => fate.kind === 'used') ? used : FINE;
}

function isDeclared({ parent }: ts.MemberName): boolean {
  return (
    ts.isPropertyDeclaration(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent)
  );
}

/** The expression around a promise that is the promise all the same: it is never empty, so a default behind it is never taken. */
function withDefault(promise: ts.Expression): ts.Expression {
  let value = promise;
  for (;;) {
    const { parent } = value;
    const isSame =
      ts.isParenthesizedExpression(parent) ||
      ts.isAsExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      (ts.isBinaryExpression(parent) &&
        parent.left === value &&
        (parent.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
          parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken));
    if (!isSame) return value;
    value = parent;
  }
}
