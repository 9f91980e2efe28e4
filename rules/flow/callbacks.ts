import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import { bare, isAccess, memberNameOf, methodOf } from '../syntax/operands.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { isChainWord } from './promises/chains.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';

/**
 * What a call does with the promise of a callback that it is given.
 * `drops`: calls back for each item and looks at no result, as `forEach` does. `collects`: its own result is the array of
 * them. `chains`: its own promise waits for it. `passes`: gives it to a function of the project.
 */
export type Taking = 'drops' | 'collects' | 'chains' | 'passes';

/** A function that is given to a call. */
export interface Given {
  readonly fn: FunctionNode;
  readonly to: ts.CallExpression;
  readonly index: number;
  readonly taking: Taking;
}

/**
 * The callbacks that a call takes and whose promises it does not itself wait for. The SDK's own calls are none: it waits for
 * handlers, for `forEachKey`, for the function of `Actor.main`, and runs listeners as the facts (1.5) say. Nor are calls of
 * functions that are not known, as they may wait.
 */
export function givenTo(code: Code, call: ts.CallExpression): readonly Given[] {
  const { arguments: given } = call;
  if (given.length === 0) return [];
  const taking = takingOf(code, call);
  if (taking === undefined) return [];
  return given.flatMap((argument, index) => {
    if ((taking === 'drops' || taking === 'collects') && index > 0) return [];
    return functionsGiven(code, argument).map((fn) => ({ fn, to: call, index, taking }));
  });
}

function takingOf(code: Code, call: ts.CallExpression): Taking | undefined {
  const callees = code.calleesOf(call).filter((each) => isSdkNode(each) || isFunctionNode(each));
  if (callees.some((each) => isSdkNode(each))) return undefined;
  if (callees.length > 0) return 'passes';
  const method = methodOf(call);
  if (method === undefined) return undefined;
  const { name, object } = method;
  if (isChainWord(name)) return 'chains';
  if (!['forEach', 'each', 'map', 'flatMap'].includes(name) || mayWait(code, object)) return undefined;
  return name === 'forEach' || name === 'each' ? 'drops' : 'collects';
}

/** Whether the receiver of a `forEach` or `map` may be more than a collection: the SDK's, a library, a cursor. */
function mayWait(code: Code, receiver: ts.Expression): boolean {
  if (code.valuesOf(receiver).some((value) => ts.isImportDeclaration(value) || isImported(value))) return true;
  const name = ts.isIdentifier(receiver) ? receiver.text : isAccess(receiver) ? (memberNameOf(receiver) ?? '') : '';
  return (
    /dataset$|store$|queue$|cursor$|stream$|collection$|^promise$|^bluebird$|^async$|^_$/iu.test(name) &&
    !isKnown(code, receiver)
  );
}

function isImported(value: ts.Node): boolean {
  return ts.isImportSpecifier(value) || ts.isImportClause(value) || ts.isNamespaceImport(value);
}

function isKnown(code: Code, receiver: ts.Expression): boolean {
  return (code.checker.getTypeAtLocation(receiver).flags & ts.TypeFlags.Any) === 0;
}

function functionsGiven(code: Code, argument: ts.Expression): readonly FunctionNode[] {
  const value = bare(argument);
  if (isFunctionNode(value)) return [value];
  const mayBeFunction = ts.isIdentifier(value) || isAccess(value) || ts.isCallExpression(value);
  return mayBeFunction ? code.functionsOf(value) : [];
}
