import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { hasGracefulShutdown } from './automatic-reboot.ts';
import { literalSleep } from '../effects/literal-sleeps.ts';
import type { Listener } from './listeners.ts';
import { calledGlobal, functionMethod } from '../../flow/call-forms.ts';
import type { Code } from '../../flow/code.ts';
import { isLog } from '../../flow/logs.ts';
import { changedBy } from '../../syntax/assignments.ts';
import { isCall } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isWithin, visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { methodOf, rootOf } from '../../syntax/operands.ts';

/**
 * Whether a listener of `aborting` does only what the SDK does by itself since 3.7.0: wait, and exit (facts 1.3, 1.4).
 * Whether it is called at all then makes no difference.
 */
export function isObsoleteWorkaround(actor: ActorModel, { functions, registration }: Listener): boolean {
  const same = actor.persistence.listeners.filter((listener) => listener.registration === registration);
  if (
    same.some(({ event }) => event !== 'aborting') ||
    actor.folder.sdk?.generation !== 3 ||
    !hasGracefulShutdown(actor)
  )
    return false;
  const [only, ...others] = functions;
  if (only === undefined || others.length > 0) return false;
  const steps = new Steps(actor.code);
  steps.enter(only);
  return !steps.doMore && steps.wait && steps.exit;
}

/** What a function does, itself and through functions of the project: waits, exits, and no more than logs beside them. */
class Steps {
  wait = false;
  exit = false;
  doMore = false;
  readonly #code: Code;
  readonly #entered = new Set<FunctionNode>();

  constructor(code: Code) {
    this.#code = code;
  }

  enter(fn: FunctionNode): void {
    if (this.#entered.has(fn) || fn.body === undefined) return;
    this.#entered.add(fn);
    visit(fn.body, (node) => {
      if (isCall(node)) return this.#call(node);
      this.doMore ||= isChoice(node) || ts.isThrowStatement(node) || this.#changesOther(node);
      return !this.doMore;
    });
  }

  /** Whether there is more to look at in a call. */
  #call(call: Call): boolean {
    const called = this.#code.calledFunctions(call);
    if (literalSleep(this.#code, call) !== undefined) {
      this.wait = true;
      return false;
    }
    if (isLog(this.#code, call)) return false;
    if (this.#code.roleOf(call, 'lifecycle')?.word === 'exit') this.exit = true;
    else if (called.length > 0) for (const fn of called) this.enter(fn);
    else if (!onlyHandsOn(this.#code, call)) this.doMore = true;
    return !this.doMore;
  }

  #changesOther(node: ts.Node): boolean {
    const place = ts.isDeleteExpression(node) ? node.expression : changedBy(node);
    if (place === undefined) return false;
    const root = rootOf(place);
    const declaration = ts.isIdentifier(root) ? this.#code.symbolOf(root)?.valueDeclaration : undefined;
    return declaration === undefined || ![...this.#entered].some((fn) => isWithin(declaration, fn));
  }
}

function isChoice(node: ts.Node): boolean {
  return (
    ts.isIfStatement(node) ||
    ts.isConditionalExpression(node) ||
    ts.isSwitchStatement(node) ||
    ts.isIterationStatement(node, false)
  );
}

/** `wait.then(end)`, `Promise.all([wait])`, `end.bind(Actor)` */
function onlyHandsOn(code: Code, call: Call): boolean {
  if (functionMethod(code, call) !== undefined || calledGlobal(code, call)?.startsWith('Promise.') === true)
    return true;
  return ['then', 'catch', 'finally'].includes(methodOf(call)?.name ?? '');
}
