import type { ts } from 'ts-morph';

import type { Unit } from '../../syntax/functions.ts';
import type { Block, Decision, Edge, Flow, Outcome, Place } from './blocks.ts';
import { controllingEdges } from './control-dependence.ts';
import { immediateDominators } from './dominators.ts';
import { naturalLoops } from './natural-loops.ts';
import { placesOf } from './places.ts';
import { closure, reaches } from './reachability.ts';
import { UnitBuilder } from './unit-builder.ts';
import type { EndsProcess } from './unit-builder.ts';

/** Which ways a search takes. */
export interface Ways {
  /** Leaves out the next rounds of the loops that hold both nodes. */
  readonly sameRound?: boolean;
}

/** What comes first behind a node, on its several ways. */
export interface Successors {
  readonly nodes: readonly ts.Node[];
  /** Whether a way comes to the end of the unit first, or leaves it by an error, or ends the process. */
  readonly ends: ReadonlySet<'exit' | 'thrown' | 'ended'>;
}

/**
 * The control-flow graph of a function or a module's top level.
 *
 * Every expression has its place where its evaluation ends, every simple statement where it is done, a compound statement
 * where it begins. A name that is assigned has the place of the assignment. Nested functions are values: they have a place,
 * what is in them has none, and all queries answer `false` for it; except those that run in place (see `inliningOf`).
 * Calls in a `try` may throw into its `catch`; elsewhere an error leaves the unit, which no query asks for.
 */
export class ControlFlowGraph {
  readonly #flow: Flow;
  readonly #unit: Unit;
  #dominators: readonly (number | undefined)[] | undefined;
  #reachable: ReadonlySet<Block> | undefined;
  #controlling: ReadonlyMap<Block, readonly Edge[]> | undefined;
  /** By a block that asks something, what it decides. */
  #askedBy: ReadonlyMap<Block, readonly Block[]> | undefined;
  #loops: ReadonlyMap<Block, ReadonlySet<Block>> | undefined;

  constructor(unit: Unit, ends: EndsProcess) {
    this.#unit = unit;
    this.#flow = new UnitBuilder(ends).build(unit);
  }

  /** Whether the code gets to a node at all. */
  isReachable(node: ts.Node): boolean {
    return this.#reachablePlaces(node).length > 0;
  }

  /** Whether the process ends on every way that does not throw. */
  get neverReturns(): boolean {
    const reachable = this.#reachableBlocks();
    return reachable.has(this.#flow.ended) && !reachable.has(this.#flow.exit);
  }

  /**
   * Whether every way from the start to `b` has passed `a`. A node dominates itself. With `ifNothingFails` only those ways
   * count on which nothing in a `try` throws.
   */
  dominates(a: ts.Node, b: ts.Node, { ifNothingFails = false } = {}): boolean {
    const [before, after] = [this.#reachablePlaces(a), this.#reachablePlaces(b)];
    if (before.length === 0 || after.length === 0) return false;
    if (ifNothingFails)
      return (
        reaches([this.#start], after, { isClosed: isFailure }) &&
        !reaches([this.#start], after, { isClosed: isFailure, places: before })
      );
    const [single] = before;
    if (single !== undefined && before.length === 1) return after.every((place) => this.#isDominated(place, single));
    return !reaches([this.#start], after, { places: before }) || after.every((place) => before.includes(place));
  }

  /**
   * Whether every way from `b` to the normal end of the unit passes `a`, as long as no call fails in between. Where none comes
   * there, that is the end of the process; `false` where none comes there either.
   */
  postDominates(a: ts.Node, b: ts.Node): boolean {
    return this.#isPassed(this.#reachablePlaces(a), this.#reachablePlaces(b));
  }

  /** Whether every way from the start to the normal end passes a node. */
  isOnEveryWay(node: ts.Node): boolean {
    return this.#isPassed(this.#reachablePlaces(node), [this.#start]);
  }

  /** Whether `to` may come after `from`; a node may come after itself only in a further round. */
  canReach(from: ts.Node, to: ts.Node, ways: Ways = {}): boolean {
    return this.canReachWithout(from, to, [], ways);
  }

  /** Whether `to` may come after `from` with none of the blockers between them. */
  canReachWithout(from: ts.Node, to: ts.Node, blockers: readonly ts.Node[], ways: Ways = {}): boolean {
    const [start, targets] = [this.#reachablePlaces(from), this.#reachablePlaces(to)];
    const places = blockers.flatMap((each) => this.#reachablePlaces(each));
    return reaches(start, targets, {
      places,
      ...(ways.sameRound === true ? { isClosed: (edge) => this.#beginsRoundOf(edge, start, targets) } : {}),
    });
  }

  /** The nodes of a kind that may run between two others, from the start or to the end of the unit where one is left out. */
  nodesBetween(
    from: ts.Node | undefined,
    to: ts.Node | undefined,
    isThing: (node: ts.Node) => boolean,
  ): readonly ts.Node[] {
    const start = from === undefined ? [this.#start] : this.#reachablePlaces(from);
    const end = to === undefined ? [this.#end] : this.#reachablePlaces(to);
    const both = [...start, ...end];
    return [...this.#flow.places].flatMap(([node, places]) =>
      node !== from &&
      node !== to &&
      isThing(node) &&
      reaches(start, places, { places: both }) &&
      reaches(places, end, { places: start })
        ? [node]
        : [],
    );
  }

  /** Whether the normal end may come after a node with none of the blockers between. */
  canLeaveWithout(from: ts.Node, blockers: readonly ts.Node[]): boolean {
    const places = blockers.flatMap((each) => this.#reachablePlaces(each));
    return reaches(this.#reachablePlaces(from), [this.#end], { places });
  }

  /** Whether a node may run more than once in one run of the unit. */
  isRepeated(node: ts.Node): boolean {
    return this.canReach(node, node);
  }

  /** The innermost loop that repeats a node: its statement, or the call that calls back for each item. */
  innermostLoop(node: ts.Node): ts.Node | undefined {
    return this.loopsAround(node)[0];
  }

  /** The loops that repeat a node, the innermost first. What is only done on the way out of a loop is not repeated by it. */
  loopsAround(node: ts.Node): readonly ts.Node[] {
    const places = this.#reachablePlaces(node);
    return [...this.#naturalLoops()]
      .filter(([, blocks]) => places.some(({ block }) => blocks.has(block)))
      .toSorted(([, a], [, b]) => a.size - b.size)
      .flatMap(([header]) => this.#flow.headers.get(header) ?? []);
  }

  /**
   * The decisions that a node runs under; any one of several may be what lets it run. With `transitive`, also those that
   * decide whether these are asked.
   */
  controlDependences(node: ts.Node, { transitive = false } = {}): readonly Decision[] {
    const pending = [...this.#ownEdges(this.#reachablePlaces(node))];
    const found = new Set(pending);
    if (transitive) {
      for (const { from } of found) for (const edge of this.#controllingEdges().get(from) ?? []) found.add(edge);
    }
    return [...found].flatMap(({ when }) => when ?? []);
  }

  /** The tested expressions that a node is part of; the cases of a `switch`, where it is part of the subject. */
  testsWith(node: ts.Node): readonly ts.Node[] {
    if (this.#reachablePlaces(node).length === 0) return [];
    const isTest = ({ condition, outcome, subject }: Decision): boolean =>
      outcome === 'true' && (isIn(node, condition) || (subject !== undefined && isIn(node, subject)));
    const decisions = this.#flow.blocks.flatMap(({ out }) => out.flatMap(({ when }) => when ?? []));
    return [...new Set(decisions.filter(isTest).map(({ condition }) => condition))];
  }

  /** The nodes whose run depends on what a condition, or one that stands in it, comes out as. */
  controlledBy(condition: ts.Node, outcome?: Outcome): readonly ts.Node[] {
    const asks = ({ when }: Edge): boolean =>
      when !== undefined &&
      (outcome === undefined || when.outcome === outcome) &&
      (isIn(when.condition, condition) || (when.subject !== undefined && isIn(when.subject, condition)));
    return this.#controlled(asks);
  }

  /** The first nodes behind a node of which `isThing` holds, on each way. */
  successorsOf(node: ts.Node, isThing: (node: ts.Node) => boolean): Successors {
    const nodes = new Set<ts.Node>();
    const ends = new Set<'exit' | 'thrown' | 'ended'>();
    const entered = new Set<Block>();
    const pending = this.#reachablePlaces(node).map(({ block, index }) => ({ block, start: index + 1 }));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { block, start } = next;
      const thing = block.nodes.slice(start).find(isThing);
      if (thing !== undefined) {
        nodes.add(thing);
        continue;
      }
      for (const end of ['exit', 'thrown', 'ended'] as const) if (block === this.#flow[end]) ends.add(end);
      for (const { to, implicit } of block.out) {
        if (implicit || entered.has(to)) continue;
        entered.add(to);
        pending.push({ block: to, start: 0 });
      }
    }
    return { nodes: [...nodes], ends };
  }

  #controlled(asks: (edge: Edge) => boolean): readonly ts.Node[] {
    const controlling = this.#controllingEdges();
    const blocks = new Set([...controlling].filter(([, edges]) => edges.some(asks)).map(([block]) => block));
    const askedBy = (this.#askedBy ??= askingBlocks(controlling));
    for (const block of blocks) for (const each of askedBy.get(block) ?? []) blocks.add(each);
    const nodes = new Set([...blocks].flatMap((block) => block.nodes));
    return [...nodes].filter((node) => this.#reachablePlaces(node).every(({ block }) => blocks.has(block)));
  }

  /** The edges that decide about some places, of which any may be come to. */
  #ownEdges(places: readonly Place[]): readonly Edge[] {
    const controlling = this.#controllingEdges();
    const edges = [...new Set(places.flatMap(({ block }) => controlling.get(block) ?? []))];
    if (places.length < 2) return edges;
    const { exit, thrown, ended } = this.#flow;
    const ends = [exit, thrown, ended].map((block) => ({ block, index: 0 }));
    return edges.filter(({ from }) =>
      reaches([{ block: from, index: from.nodes.length }], ends, { places, isClosed: isImplicit }),
    );
  }

  #isDominated({ block, index }: Place, by: Place): boolean {
    if (block === by.block) return by.index <= index;
    const dominators = (this.#dominators ??= this.#blockDominators());
    let at: number | undefined = block.id;
    while (at !== undefined && at !== by.block.id) at = dominators[at] === at ? undefined : dominators[at];
    return at !== undefined;
  }

  #isPassed(passed: readonly Place[], from: readonly Place[]): boolean {
    if (from.length === 0 || passed.length === 0) return false;
    if (from.every((place) => passed.includes(place))) return true;
    const ends = [this.#end, { block: this.#flow.ended, index: 0 }];
    const end = ends.find((each) => reaches(from, [each], { isClosed: isImplicit }));
    return end !== undefined && !reaches(from, [end], { isClosed: isImplicit, places: passed });
  }

  /** Whether an edge goes back to the head of a loop that holds both ends of a way. */
  #beginsRoundOf({ from, to }: Edge, starts: readonly Place[], targets: readonly Place[]): boolean {
    const loop = this.#naturalLoops().get(to);
    if (loop === undefined || !loop.has(from)) return false;
    return [starts, targets].every((places) => places.some(({ block }) => loop.has(block)));
  }

  #blockDominators(): readonly (number | undefined)[] {
    const { blocks, entry } = this.#flow;
    return immediateDominators({
      size: blocks.length,
      root: entry.id,
      next: (id) => blocks[id]?.out.map(({ to }) => to.id) ?? [],
      previous: (id) => blocks[id]?.in.map(({ from }) => from.id) ?? [],
    });
  }

  #naturalLoops(): ReadonlyMap<Block, ReadonlySet<Block>> {
    this.#loops ??= naturalLoops(this.#flow, (header, block) =>
      this.#isDominated({ block, index: 0 }, { block: header, index: 0 }),
    );
    return this.#loops;
  }

  #controllingEdges(): ReadonlyMap<Block, readonly Edge[]> {
    this.#controlling ??= controllingEdges(this.#flow, this.#reachableBlocks());
    return this.#controlling;
  }

  #reachableBlocks(): ReadonlySet<Block> {
    this.#reachable ??= closure([this.#flow.entry], (block) => block.out.map(({ to }) => to));
    return this.#reachable;
  }

  #reachablePlaces(node: ts.Node): readonly Place[] {
    const reachable = this.#reachableBlocks();
    return placesOf(node, this.#unit, this.#flow.places).filter(({ block }) => reachable.has(block));
  }

  get #start(): Place {
    return { block: this.#flow.entry, index: -1 };
  }

  get #end(): Place {
    return { block: this.#flow.exit, index: 0 };
  }
}

function isIn(inner: ts.Node, outer: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end;
}

function isImplicit({ implicit }: Edge): boolean {
  return implicit;
}

function askingBlocks(controlling: ReadonlyMap<Block, readonly Edge[]>): ReadonlyMap<Block, readonly Block[]> {
  const found = new Map<Block, Block[]>();
  for (const [block, edges] of controlling) {
    for (const { from } of edges) {
      const known = found.get(from);
      if (known === undefined) found.set(from, [block]);
      else known.push(block);
    }
  }
  return found;
}

function isFailure({ implicit, when }: Edge): boolean {
  return implicit || when?.outcome === 'fails';
}
