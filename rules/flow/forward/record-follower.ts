import { ts } from 'ts-morph';

import type { Call } from '../../syntax/file-index.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { isWrapper, takenName } from '../../syntax/operands.ts';
import type { Access } from '../../syntax/operands.ts';
import { isConst } from '../bindings.ts';
import type { Code } from '../code.ts';
import { calledGlobal } from '../call-forms.ts';
import { isLog } from '../logs.ts';
import { Follower } from './follower.ts';
import { isItem, takenOut } from './ways.ts';
import type { Way } from './ways.ts';

/** What is done with a record, or with a part of it. `lost`: it goes where it is not followed. */
export type Read =
  | { readonly kind: 'field'; readonly name: string; readonly place: ts.Node }
  | { readonly kind: 'whole'; readonly at: ts.Expression }
  | ValueUse
  | { readonly kind: 'lost' };

/**
 * What is done with a value itself. `tested`: it is asked whether it is there, or what it is. `defaulted`: something else
 * stands in for it. `computed`: another value is made of it. `spread`, `copied`: into a list, or a new object that takes one.
 */
export type ValueUse =
  | { readonly kind: 'tested'; readonly by: ts.Node; readonly at: ts.Expression; readonly isAsRead: boolean }
  | { readonly kind: 'defaulted'; readonly by: ts.BinaryExpression; readonly isAsRead: boolean }
  | { readonly kind: 'computed'; readonly by: ts.BinaryExpression; readonly at: ts.Expression }
  | { readonly kind: 'spread'; readonly by: ts.SpreadElement | ts.SpreadAssignment; readonly into: ts.Node }
  | { readonly kind: 'copied'; readonly into: ts.NewExpression };

/** A record on its way. */
export interface RecordWay extends Way {
  /** Whether it is surely what was read: no default stands in for it, and its name never gets another value. */
  readonly isAsRead: boolean;
}

const LOST: readonly Read[] = [{ kind: 'lost' }];

/** What gives the same value: as it was, or read from its text. */
const SAME: ReadonlySet<string> = new Set(['JSON.parse', 'Object.freeze', 'Promise.resolve', 'structuredClone']);

/** Follows a record to the parts that are read from it, and to what is done with it. */
export class RecordFollower extends Follower<Read, RecordWay> {
  override readonly unknown = LOST;
  override readonly again: readonly Read[] = [];
  readonly #through: readonly Call[];
  /** The expression whose surroundings are looked at. */
  #at: ts.Expression | undefined;

  constructor(code: Code, through: readonly Call[]) {
    super(code);
    this.#through = through;
  }

  override climb(current: ts.Expression, way: RecordWay): readonly Read[] {
    const { parent } = current;
    this.#at = current;
    if (way.layers.length > 0) return super.climb(current, way);
    if (isDefaulted(current, parent)) {
      const use: Read = { kind: 'defaulted', by: parent, isAsRead: way.isAsRead };
      return [use, ...super.climb(current, { ...way, isAsRead: false })];
    }
    const goesOn = isWrapper(parent) || ts.isAwaitExpression(parent);
    const reads = [...this.#useIn(parent, current), ...super.climb(current, way)];
    return goesOn ? reads : [{ kind: 'whole', at: current }, ...reads];
  }

  #useIn(parent: ts.Node, current: ts.Expression): readonly Read[] {
    if (ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent))
      return [{ kind: 'spread', by: parent, into: parent.parent }];
    if (ts.isNewExpression(parent) && parent.expression !== current) return [{ kind: 'copied', into: parent }];
    const computes =
      ts.isBinaryExpression(parent) &&
      (isArithmetic(parent.operatorToken.kind) || (isStep(parent.operatorToken.kind) && parent.right === current));
    return computes ? [{ kind: 'computed', by: parent, at: current }] : [];
  }

  protected override awaited(node: ts.AwaitExpression, way: RecordWay): readonly Read[] {
    return this.climb(node, way);
  }

  protected override awaitedInLoop(): readonly Read[] {
    return LOST;
  }

  protected override unused(): readonly Read[] {
    return [];
  }

  protected override tested(by: ts.Node, { isAsRead }: RecordWay): readonly Read[] {
    return this.#at === undefined ? [] : [{ kind: 'tested', by, at: this.#at, isAsRead }];
  }

  protected override member(access: Access, name: string | undefined): readonly Read[] {
    return name === undefined ? LOST : [{ kind: 'field', name, place: access }];
  }

  protected override takenApart(pattern: ts.BindingPattern): readonly Read[] {
    if (ts.isArrayBindingPattern(pattern)) return LOST;
    return pattern.elements.flatMap((element): readonly Read[] => {
      const name = element.dotDotDotToken === undefined ? takenName(element) : undefined;
      return name === undefined ? LOST : [{ kind: 'field', name, place: element }];
    });
  }

  /** Into a record again: that reads nothing. */
  protected override spread(into: ts.Node): readonly Read[] {
    let node = into;
    while (isPartOfLiteral(node.parent)) node = node.parent;
    const isWritten = ts.isCallExpression(node.parent) && this.code.roleOf(node.parent, 'write') !== undefined;
    return isWritten ? [] : LOST;
  }

  override partGiven(name: ts.Identifier, part: string): readonly Read[] {
    return [{ kind: 'field', name: part, place: name.parent }];
  }

  protected override builtIn(call: ts.CallExpression, way: RecordWay): readonly Read[] | undefined {
    if (isLog(this.code, call) || this.code.roleOf(call, 'write') !== undefined) return [];
    const global = calledGlobal(this.code, call) ?? '';
    if (SAME.has(global)) return this.climb(call, way);
    const isOfAll = global === 'Promise.all' && isItem(way) && way.layers[1] === 'result';
    const [item, ...rest] = isOfAll ? [way.layers[0], ...takenOut(takenOut(way)).layers] : [];
    return item === undefined ? undefined : this.climb(call, { ...way, layers: ['result', item, ...rest] });
  }

  /** All who call the function get it, or the one of them that leads here. */
  protected override leaves(by: FunctionNode, way: RecordWay): readonly Read[] {
    const all = this.code.callersOf(by);
    const led = all.filter((call) => this.#through.includes(call));
    const callers = led.length > 0 ? led : all;
    const out = this.throughResult(by, way);
    return callers.length === 0 ? LOST : callers.flatMap((call) => this.climb(call, out));
  }

  override under(uses: readonly Read[]): readonly Read[] {
    return uses;
  }

  protected override joined(uses: readonly Read[]): readonly Read[] {
    return uses;
  }

  override atUse(place: ts.Expression, way: RecordWay): RecordWay {
    const declaration = this.code.symbolOf(place)?.valueDeclaration;
    const hasDefault =
      declaration !== undefined && ts.isBindingElement(declaration) && declaration.initializer !== undefined;
    const isKept = declaration !== undefined && isConst(declaration) && !hasDefault;
    return { ...way, isAsRead: way.isAsRead && isKept };
  }

  protected override assigned(
    _assignment: ts.BinaryExpression,
    asValue: readonly Read[],
    underName: () => readonly Read[],
  ): readonly Read[] {
    return [...asValue, ...underName()];
  }
}

function isPartOfLiteral(node: ts.Node): boolean {
  return (
    ts.isObjectLiteralElementLike(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isSpreadElement(node)
  );
}

/** Whether something stands in for a value where it is not there: `saved ?? {}`, `saved || {}`. */
export function isDefaulted(value: ts.Expression, parent: ts.Node): parent is ts.BinaryExpression {
  if (!ts.isBinaryExpression(parent) || parent.left !== value) return false;
  const { kind } = parent.operatorToken;
  return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
}

function isArithmetic(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.PlusToken && kind <= ts.SyntaxKind.PercentToken;
}

/** `+=` and its kin. */
function isStep(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstCompoundAssignment && kind <= ts.SyntaxKind.PercentEqualsToken;
}
