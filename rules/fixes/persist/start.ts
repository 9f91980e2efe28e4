import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isAsync, isFunctionNode, isWithin, unitOf } from '../../syntax/functions.ts';
import { bare } from '../../syntax/operands.ts';
import type { Unit } from '../../syntax/functions.ts';
import { mainThatRuns } from '../../actor/listeners/main-functions.ts';
import { textOf } from '../changes.ts';

export type StatementList = ts.Block | ts.SourceFile;

/** From where on the Actor's storages may be used: behind `await Actor.init()`, or in the function given to `main`. */
export interface Start {
  readonly list: StatementList;
  /** The statement that inits; `undefined` where the list begins with the start. */
  readonly after: ts.Statement | undefined;
  /** How the code calls the SDK there: `Actor`, `Apify`; `undefined` for Crawlee alone, which needs no start. */
  readonly sdk: string | undefined;
}

/** Where the Actor starts; `undefined` when it starts nowhere, or in more than one way. */
export function startOfActor(actor: ActorModel): Start | undefined {
  const starts = actor.files.flatMap((file) => indexOf(file).calls.flatMap((call) => startAt(actor, call) ?? []));
  return starts.length === 1 ? starts[0] : undefined;
}

function startAt(actor: ActorModel, call: Call): Start | undefined {
  const role = actor.code.rolesOf(call).find((each) => each.kind === 'lifecycle');
  if (role?.kind !== 'lifecycle' || (role.word !== 'init' && role.word !== 'main')) return undefined;
  const callee = call.expression;
  const sdk = ts.isPropertyAccessExpression(callee) ? textOf(callee.expression) : undefined;
  if (sdk === undefined || !/^[\w$.]+$/u.test(sdk)) return undefined;
  return role.word === 'init' ? startAfterInit(call, sdk) : startInMain(actor, call, sdk);
}

function startAfterInit(call: Call, sdk: string): Start | undefined {
  const awaiting = call.parent;
  if (!ts.isAwaitExpression(awaiting) || !ts.isExpressionStatement(awaiting.parent)) return undefined;
  const list = awaiting.parent.parent;
  return ts.isBlock(list) || ts.isSourceFile(list) ? { list, after: awaiting.parent, sdk } : undefined;
}

function startInMain(actor: ActorModel, call: Call, sdk: string): Start | undefined {
  const given = call.arguments?.[0];
  const [main, ...others] = given === undefined ? [] : actor.code.functionsOf(given);
  if (main === undefined || others.length > 0 || !isAsync(main)) return undefined;
  return main.body !== undefined && ts.isBlock(main.body) ? { list: main.body, after: undefined, sdk } : undefined;
}

/** Whether code runs when the start has been made: behind it, or in a function that is called once from behind it. */
export function isAfterStart(actor: ActorModel, node: ts.Node, start: Start): boolean {
  if (isWithin(node, start.list) && unitOf(node) === unitOfList(start.list)) {
    return start.after === undefined || node.pos >= start.after.end;
  }
  const unit = unitOf(node);
  const call = onlyCallOf(actor, unit);
  return call !== undefined && isAfterStart(actor, call, start);
}

export function unitOfList(list: StatementList): Unit {
  if (ts.isSourceFile(list)) return list;
  return isFunctionNode(list.parent) ? list.parent : unitOf(list);
}

/** Whether a piece of code runs once in a process: what it declares is then declared once. */
export function runsOnce(actor: ActorModel, unit: Unit): boolean {
  if (ts.isSourceFile(unit)) return true;
  if (mainThatRuns(actor.code, unit) !== undefined) return true;
  const call = onlyCallOf(actor, unit);
  return call !== undefined && !isRepeated(call) && runsOnce(actor, unitOf(call));
}

/** The one call of a function that is used for nothing else. */
function onlyCallOf(actor: ActorModel, unit: Unit): Call | undefined {
  if (ts.isSourceFile(unit)) return undefined;
  const [call, ...others] = actor.code.callersOf(unit);
  if (call === undefined || others.length > 0) return undefined;
  return bare(call.expression) === unit || isOnlyCalled(actor, unit, call) ? call : undefined;
}

/** A function that is also handed on by name may run more often than its calls say. */
function isOnlyCalled(actor: ActorModel, unit: Unit, call: Call): boolean {
  const name = nameOfFunction(unit);
  const symbol = name && actor.code.symbolOf(name);
  if (symbol === undefined) return false;
  return actor.code.referencesOf(symbol).every((reference) => {
    const { parent } = reference;
    const declares =
      reference === name || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isImportClause(parent);
    return declares || ts.isExportAssignment(parent) || isExported(parent) || isWithin(reference, call.expression);
  });
}

/** `module.exports = { run }`. */
function isExported(parent: ts.Node): boolean {
  return ts.isShorthandPropertyAssignment(parent) && /^(?:module\.)?exports\b/u.test(textOf(parent.parent.parent));
}

function nameOfFunction(unit: Unit): ts.Identifier | undefined {
  if (ts.isSourceFile(unit)) return undefined;
  if (ts.isFunctionDeclaration(unit)) return unit.name;
  const holder = unit.parent;
  return ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? holder.name : undefined;
}

/** Whether a loop of its own function runs a node more than once. */
export function isRepeated(node: ts.Node): boolean {
  for (let current = node.parent; !isFunctionNode(current) && !ts.isSourceFile(current); current = current.parent) {
    if (ts.isIterationStatement(current, false)) return true;
  }
  return false;
}
