import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { literalSleep } from '../effects/literal-sleeps.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import type { Code } from '../../flow/code.ts';
import { fatesOf } from '../../flow/promises/fates.ts';
import { isSdkNode } from '../../program/sdk-declarations.ts';
import { isBrowserLaunch } from '../../sdk/slow-work.ts';
import type { Call } from '../../syntax/file-index.ts';
import { unitOf, visitUnit } from '../../syntax/functions.ts';
import { bare, methodOf } from '../../syntax/operands.ts';
import type { Listener } from './listeners.ts';

/** From here on a wait is long, in milliseconds: the platform gives an Actor a few seconds. */
const LONG_MS = 3_000;

/** What a listener waits for longer than the platform does. */
export interface SlowWork {
  readonly call: Call;
  readonly listener: Listener;
  readonly kind: 'sleep' | 'crawl' | 'teardown' | 'other Actor' | 'browser';
  /** How long it takes, where the code says so. */
  readonly milliseconds?: number;
}

/**
 * The slow work of an Actor's listeners of `migrating`, once each. A wait is none where nothing is saved behind it, and where
 * the listener itself restarts the run: who does so has chosen how long its requests have to finish.
 */
export function slowWorkOf(actor: ActorModel): readonly SlowWork[] {
  const found = new Map<ts.Node, SlowWork>();
  for (const listener of actor.persistence.listeners.filter(({ event }) => event === 'migrating')) {
    const calls = callsIn(listener);
    const restarts = calls.some((call) => methodOf(call)?.name === 'reboot' || isReboot(actor.code, call));
    for (const call of calls) {
      const work = workOf(actor.code, call);
      if (work === undefined || found.has(call) || !isWaitedFor(actor.code, call)) continue;
      if (work.kind === 'sleep' && (restarts || !savesAfter(actor, call))) continue;
      found.set(call, { call, listener, ...work });
    }
  }
  // A function of the project that waits is told of where it is called.
  const waiters = new Set<ts.Node>([...found.values()].flatMap(({ call }) => actor.code.calledFunctions(call)));
  return [...found.values()].filter(({ call }) => !waiters.has(unitOf(call)));
}

function callsIn({ reach }: Listener): readonly Call[] {
  const calls: Call[] = [];
  for (const unit of reach) {
    visitUnit(unit, (node) => {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
    });
  }
  return calls;
}

function isReboot(code: Code, call: Call): boolean {
  return code.roleOf(call, 'lifecycle')?.word === 'reboot';
}

function isWaitedFor(code: Code, call: Call): boolean {
  return fatesOf(code, call).some((fate) => {
    if (fate.kind === 'dropped') return goesOnWith(fate.drop.promise, call);
    return fate.kind === 'awaited' || fate.kind === 'returned';
  });
}

/** `sleep(5000).then(save)`: nobody waits for it, but what comes next does. */
function goesOnWith(chain: ts.Expression, call: Call): boolean {
  return bare(chain) !== call && ts.isCallExpression(bare(chain));
}

function workOf(code: Code, call: Call): Pick<SlowWork, 'kind' | 'milliseconds'> | undefined {
  const milliseconds = literalSleep(code, call);
  if (milliseconds !== undefined) return milliseconds >= LONG_MS ? { kind: 'sleep', milliseconds } : undefined;
  const word = code.roleOf(call, 'lifecycle')?.word;
  if (word === 'crawl' || word === 'teardown') return { kind: word };
  if (code.roleOf(call, 'slow') !== undefined && code.roleOf(call, 'write')?.store === 'run')
    return { kind: 'other Actor' };
  return namesOf(code, call).some(isBrowserLaunch) ? { kind: 'browser' } : undefined;
}

/** The whole name of what a call calls, or the name that the SDK's table has for it. */
function namesOf(code: Code, call: Call): readonly string[] {
  const members = code.calleesOf(call).filter((callee) => isSdkNode(callee));
  const declared = members.flatMap((member) => (ts.isFunctionDeclaration(member) ? (member.name?.text ?? []) : []));
  const name = calledGlobal(code, call);
  return name === undefined ? declared : [name, ...declared];
}

function savesAfter({ code, persistence }: ActorModel, call: Call): boolean {
  return persistence.saves.some(({ path }) => path.some((save) => code.order.mayRunBefore(call, save)));
}
