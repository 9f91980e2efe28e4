import type { ActorModel } from '../actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { flowUnitOf } from '../../flow/control-flow/inlined.ts';
import type { Code } from '../../flow/code.ts';
import { isFunctionNode } from '../../syntax/functions.ts';

/** How many calls are followed up from one call. */
const FURTHEST = 4;

/** The calls that start the SDK in a program: `Actor.init`, `Actor.main`. */
export function startsOfSdk({ code, files }: ActorModel): readonly Call[] {
  return files
    .flatMap((file) => indexOf(file).calls)
    .filter((call) => ['init', 'main'].includes(code.roleOf(call, 'lifecycle')?.word ?? ''));
}

/**
 * The calls of a program that surely run before the SDK is started: those behind which it may be started, and never before,
 * and those at the top level of a module that the start's module imports, since imports are evaluated first. Nothing is sure
 * where the SDK is started in several places.
 */
export class BeforeInit {
  readonly start: Call | undefined;
  readonly #code: Code;

  constructor(actor: ActorModel) {
    const starts = startsOfSdk(actor);
    this.start = starts.length === 1 ? starts[0] : undefined;
    this.#code = actor.code;
  }

  has(call: Call, depth = FURTHEST): boolean {
    if (this.start === undefined) return false;
    const { order } = this.#code;
    if (order.mayRunBefore(call, this.start)) return !order.mayRunBefore(this.start, call);
    const unit = flowUnitOf(call);
    if (isFunctionNode(unit)) {
      const callers = depth === 0 ? [] : this.#code.callersOf(unit);
      return callers.length > 0 && callers.every((caller) => this.has(caller, depth - 1));
    }
    // The fields of an object are given their first values when it is made.
    if (!this.#code.graphAround(call).isReachable(call)) return false;
    return order.modulesBefore(this.start.getSourceFile()).includes(unit);
  }
}
