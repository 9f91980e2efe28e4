import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { Follower } from './forward/follower.ts';
import { isItem, takenOut } from './forward/ways.ts';
import type { Way } from './forward/ways.ts';
import { calledGlobal } from './call-forms.ts';
import { isLog } from './logs.ts';
import type { Call } from '../syntax/file-index.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { isWrapper, outermostAwaited, takenName } from '../syntax/operands.ts';
import type { Access } from '../syntax/operands.ts';

/** What a program does with a value that came back: a record that was read, an object of `useState`. */
export interface RestoredReads {
  /** The parts that are taken from it by name, each with the places: `saved.page`, the `page` of a pattern. */
  readonly fields: ReadonlyMap<string, readonly ts.Node[]>;
  /** Uses of the whole value: the call with its defaults, and each name that stands for it. */
  readonly wholes: readonly ts.Expression[];
  /** False where it goes where it is not followed: then all of it may be read. */
  readonly isFollowed: boolean;
}

/**
 * Follows what a call brings, wherever the program puts it, to the parts that are read.
 *
 * @param call gives a promise of the value
 * @param through the calls that lead to it: what a function returns is followed to that one of its callers only
 */
export function readsOf(code: Code, call: Call, through: readonly Call[] = []): RestoredReads {
  const reads = new RecordFollower(code, through).climb(call, { layers: ['result'], into: [] });
  const fields = new Map<string, Set<ts.Node>>();
  for (const read of reads) {
    if (read.kind === 'field') fields.set(read.name, (fields.get(read.name) ?? new Set()).add(read.place));
  }
  return {
    fields: new Map([...fields].map(([name, places]) => [name, [...places]])),
    wholes: [...new Set(reads.flatMap((read) => (read.kind === 'whole' ? [read.at] : [])))],
    isFollowed: reads.every(({ kind }) => kind !== 'lost'),
  };
}

/** What is done with a record. `lost`: it goes where it is not followed. */
type Read =
  | { readonly kind: 'field'; readonly name: string; readonly place: ts.Node }
  | { readonly kind: 'whole'; readonly at: ts.Expression }
  | { readonly kind: 'lost' };

const LOST: readonly Read[] = [{ kind: 'lost' }];

/** What gives the same value: as it was, or read from its text. */
const SAME: ReadonlySet<string> = new Set(['JSON.parse', 'Object.freeze', 'Promise.resolve', 'structuredClone']);

/** Follows a record to the parts that are read from it. */
class RecordFollower extends Follower<Read, Way> {
  override readonly unknown = LOST;
  override readonly again: readonly Read[] = [];
  readonly #through: readonly Call[];

  constructor(code: Code, through: readonly Call[]) {
    super(code);
    this.#through = through;
  }

  override climb(current: ts.Expression, way: Way): readonly Read[] {
    const { parent } = current;
    const goesOn = isWrapper(parent) || ts.isAwaitExpression(parent) || isDefaulted(current, parent);
    const reads = super.climb(current, way);
    return way.layers.length > 0 || goesOn ? reads : [{ kind: 'whole', at: current }, ...reads];
  }

  protected override awaited(node: ts.AwaitExpression, way: Way): readonly Read[] {
    return this.climb(node, way);
  }

  protected override awaitedInLoop(): readonly Read[] {
    return LOST;
  }

  protected override unused(): readonly Read[] {
    return [];
  }

  protected override tested(): readonly Read[] {
    return [];
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

  protected override builtIn(call: ts.CallExpression, way: Way): readonly Read[] | undefined {
    if (isLog(this.code, call) || this.code.roleOf(call, 'write') !== undefined) return [];
    const global = calledGlobal(this.code, call) ?? '';
    if (SAME.has(global)) return this.climb(call, way);
    const isOfAll = global === 'Promise.all' && isItem(way) && way.layers[1] === 'result';
    const [item, ...rest] = isOfAll ? [way.layers[0], ...takenOut(takenOut(way)).layers] : [];
    return item === undefined ? undefined : this.climb(call, { ...way, layers: ['result', item, ...rest] });
  }

  /** All who call the function get it, or the one of them that leads here. */
  protected override leaves(by: FunctionNode, way: Way): readonly Read[] {
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

  override atUse(_place: ts.Expression, way: Way): Way {
    return way;
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

/** The expression around a use that has the same value, a default behind `||` or `??` included. */
export function outermostDefaulted(use: ts.Expression): ts.Expression {
  let value = outermostAwaited(use);
  while (isDefaulted(value, value.parent)) value = outermostAwaited(value.parent);
  return value;
}

function isDefaulted(value: ts.Expression, parent: ts.Node): parent is ts.BinaryExpression {
  if (!ts.isBinaryExpression(parent) || parent.left !== value) return false;
  const { kind } = parent.operatorToken;
  return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
}
