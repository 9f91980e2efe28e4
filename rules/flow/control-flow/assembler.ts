import type { ts } from 'ts-morph';

import { Block } from './blocks.ts';
import type { Decision, Flow, Place } from './blocks.ts';

/** What surrounds the code that is being assembled, as far as a jump or an error asks for it. */
type Frame =
  | { readonly kind: 'loop'; readonly labels: readonly string[]; readonly breakTo: Block; readonly continueTo: Block }
  | {
      readonly kind: 'breakable';
      readonly labels: readonly string[];
      readonly breakTo: Block;
      readonly isSwitch: boolean;
    }
  | { readonly kind: 'function'; readonly returnTo: Block }
  | { readonly kind: 'handler'; readonly catchAt: Block }
  | { readonly kind: 'cleanup'; readonly run: () => void; readonly copies: Map<Block | 'shared', Copy> };

interface Copy {
  readonly start: Block;
  readonly end: Block;
}

/** Below so many copies of a `finally` in one another, its further copies are one. */
const DEEPEST_COPY = 2;

/** Puts blocks together: the block that is being filled, and where jumps and errors lead from it. */
export class Assembler {
  readonly entry: Block;
  readonly exit: Block;
  readonly thrown: Block;
  readonly ended: Block;
  readonly headers = new Map<Block, ts.Node>();
  readonly #blocks: Block[] = [];
  readonly #places = new Map<ts.Node, Place[]>();
  #frames: readonly Frame[] = [];
  #current: Block;
  #copyDepth = 0;

  constructor() {
    this.entry = this.block();
    this.exit = this.block();
    this.thrown = this.block();
    this.ended = this.block();
    this.#current = this.entry;
  }

  flow(): Flow {
    const { entry, exit, thrown, ended, headers } = this;
    return { blocks: this.#blocks, entry, exit, thrown, ended, headers, places: this.#places };
  }

  block(): Block {
    const block = new Block(this.#blocks.length);
    this.#blocks.push(block);
    return block;
  }

  place(node: ts.Node): void {
    const place = { block: this.#current, index: this.#current.nodes.length };
    this.#current.nodes.push(node);
    const known = this.#places.get(node);
    if (known === undefined) this.#places.set(node, [place]);
    else known.push(place);
  }

  /** Leads from the current block to another one; the current one goes on. */
  link(to: Block, when?: Decision): void {
    connect(this.#current, to, when, false);
  }

  /** Goes on in a block that something leads to. */
  startAt(block: Block): void {
    this.#current = block;
  }

  /** Leads to a block and goes on there. */
  goTo(block: Block): void {
    this.link(block);
    this.#current = block;
  }

  /** Behind a jump: nothing leads here but another jump. */
  startDeadCode(): void {
    this.#current = this.block();
  }

  within(frame: Exclude<Frame, { kind: 'cleanup' }>, run: () => void): void {
    this.#with([...this.#frames, frame], run);
  }

  withCleanup(cleanup: () => void, run: () => void): void {
    this.#with([...this.#frames, { kind: 'cleanup', run: cleanup, copies: new Map() }], run);
  }

  break(label: string | undefined): void {
    const at = this.#frames.findLastIndex((frame) =>
      label === undefined
        ? frame.kind === 'loop' || (frame.kind === 'breakable' && frame.isSwitch)
        : (frame.kind === 'loop' || frame.kind === 'breakable') && frame.labels.includes(label),
    );
    const frame = this.#frames[at];
    if (frame?.kind === 'loop' || frame?.kind === 'breakable') this.#jump(frame.breakTo, at);
  }

  continue(label: string | undefined): void {
    const at = this.#frames.findLastIndex(
      (frame) => frame.kind === 'loop' && (label === undefined || frame.labels.includes(label)),
    );
    const frame = this.#frames[at];
    if (frame?.kind === 'loop') this.#jump(frame.continueTo, at);
  }

  return(): void {
    const at = this.#frames.findLastIndex(({ kind }) => kind === 'function');
    const frame = this.#frames[at];
    this.#jump(frame?.kind === 'function' ? frame.returnTo : this.exit, at);
  }

  throw(): void {
    this.link(this.wayOfErrors());
    this.startDeadCode();
  }

  end(): void {
    this.link(this.ended);
    this.startDeadCode();
  }

  /** The node about to be placed may throw; where nothing catches that, it leaves the unit, and no question asks for it. */
  mayThrow(node: ts.Node): void {
    const isCaught = this.#frames.some(({ kind }) => kind === 'handler' || kind === 'cleanup');
    if (!isCaught) {
      this.place(node);
      return;
    }
    const errors = this.wayOfErrors();
    connect(this.#current, errors, undefined, true);
    this.goTo(this.block());
    this.place(node);
    connect(this.#current, errors, undefined, true);
    this.goTo(this.block());
  }

  /** Where an error that is thrown now goes to. */
  wayOfErrors(): Block {
    const at = this.#frames.findLastIndex(({ kind }) => kind === 'handler');
    const frame = this.#frames[at];
    return this.#way(frame?.kind === 'handler' ? frame.catchAt : this.thrown, at);
  }

  #jump(to: Block, frameIndex: number): void {
    this.link(this.#way(to, frameIndex));
    this.startDeadCode();
  }

  /** The block that begins the way to a target outside: the target, or the innermost `finally` that comes before it. */
  #way(to: Block, frameIndex: number): Block {
    const at = this.#frames.findLastIndex(({ kind }, index) => kind === 'cleanup' && index > frameIndex);
    const frame = this.#frames[at];
    return frame?.kind === 'cleanup' ? this.#copyOf(frame, at, to, frameIndex) : to;
  }

  #copyOf(frame: Extract<Frame, { kind: 'cleanup' }>, at: number, to: Block, frameIndex: number): Block {
    const key = this.#copyDepth < DEEPEST_COPY ? to : 'shared';
    const before = frame.copies.get(key);
    const outer = this.#frames.slice(0, at);
    const current = this.#current;
    const copy = before ?? { start: this.block(), end: this.block() };
    if (before === undefined) {
      frame.copies.set(key, copy);
      this.#current = copy.start;
      this.#copyDepth += 1;
      this.#with(outer, frame.run);
      this.#copyDepth -= 1;
      this.link(copy.end);
    }
    if (before === undefined || key === 'shared') {
      this.#with(outer, () => {
        const next = this.#way(to, frameIndex);
        if (copy.end.out.every((edge) => edge.to !== next)) connect(copy.end, next, undefined, false);
      });
    }
    this.#current = current;
    return copy.start;
  }

  #with(frames: readonly Frame[], run: () => void): void {
    const before = this.#frames;
    this.#frames = frames;
    run();
    this.#frames = before;
  }
}

function connect(from: Block, to: Block, when: Decision | undefined, implicit: boolean): void {
  const edge = { from, to, when, implicit };
  from.out.push(edge);
  to.in.push(edge);
}
