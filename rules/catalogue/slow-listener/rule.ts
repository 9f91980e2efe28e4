import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import type { Code } from '../../flow/code.ts';
import { unitOf, visitUnit } from '../../syntax/functions.ts';
import { bare, methodOf } from '../../syntax/operands.ts';
import { literalSleep } from '../../actor/effects/literal-sleeps.ts';
import type { Listener } from '../../actor/listeners/listeners.ts';
import type { Report, Rule } from '../rule.ts';

/** From here on a wait is long, in milliseconds: the platform gives an Actor a few seconds. */
const LONG_MS = 3_000;

/** A listener of `migrating` that does what takes longer than the Actor has. */
export const slowListener: Rule = {
  id: 'slow-listener',
  group: 'listeners',
  summary: 'A listener of migrating that takes longer than the platform waits.',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) => {
    const listeners = actor.persistence.listeners.filter(({ event }) => event === 'migrating');
    const reports = listeners.flatMap((listener) => reportsOf(actor, listener));
    return [...new Map(reports.map((report) => [report.node, report])).values()];
  },
};

function reportsOf(actor: ActorModel, { registration, reach }: Listener): readonly Report[] {
  const isDeliberate = [...reach].some(reboots);
  const slow = [...reach].flatMap((unit) =>
    waitsIn(unit).flatMap((waiting) => {
      const what = slowWork(actor.code, waiting);
      const isHarmless = what === undefined || (what.onlyWaits && (isDeliberate || !savesAfter(actor, waiting)));
      return isHarmless ? [] : [{ waiting, what }];
    }),
  );
  // A function of the project that waits is told of where it is called.
  const waiters = new Set<ts.Node>(slow.flatMap(({ waiting }) => calledBy(waiting, actor.code)));
  return slow
    .filter(({ waiting }) => !waiters.has(unitOf(waiting)))
    .map(({ waiting, what }) => ({
      node: waiting,
      severity: 'warning',
      message: `${what.words} in a listener of migrating: the platform ends the process after a few seconds, and what comes after it is not done`,
      related: [{ node: registration.expression, message: 'the listener is registered here' }],
      fixes: [],
    }));
}

function calledBy(waiting: ts.Expression, code: Code): readonly ts.Node[] {
  const call = bare(waiting);
  return ts.isCallExpression(call) ? code.calledFunctions(call) : [];
}

/** What is awaited, or goes on in a `then`. */
function waitsIn(unit: ts.Node): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  visitUnit(unit, (node) => {
    if (ts.isAwaitExpression(node)) found.push(node.expression);
    const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
    if (method?.name === 'then') found.push(method.object);
  });
  return found;
}

/** Who restarts the run himself has chosen how long its requests have to finish: `Actor.reboot()`, the client's `run(id).reboot()`. */
function reboots(unit: ts.Node): boolean {
  let found = false;
  visitUnit(unit, (node) => {
    found ||=
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'reboot';
  });
  return found;
}

interface SlowWork {
  readonly words: string;
  /** It does nothing else, so only what stands behind it can be lost. */
  readonly onlyWaits: boolean;
}

function slowWork(code: Code, awaited: ts.Expression): SlowWork | undefined {
  const sleep = literalSleep(code, awaited);
  if (sleep !== undefined)
    return sleep >= LONG_MS ? { words: `A wait of ${sleep / 1000} s`, onlyWaits: true } : undefined;
  const call = bare(awaited);
  if (!ts.isCallExpression(call)) return undefined;
  const word = code.roleOf(call, 'lifecycle')?.word;
  if (word === 'crawl') return { words: 'A crawl', onlyWaits: false };
  if (word === 'teardown') return { words: 'The end of a crawler, which waits for its requests,', onlyWaits: false };
  if (code.roleOf(call, 'slow') !== undefined && code.roleOf(call, 'write')?.store === 'run')
    return { words: 'A run of another Actor that is waited for', onlyWaits: false };
  return isBrowserLaunch(call) ? { words: 'The launch of a browser', onlyWaits: false } : undefined;
}

function isBrowserLaunch({ expression }: ts.CallExpression): boolean {
  return /^(?:puppeteer|chromium|firefox|webkit|playwright\.\w+)\.launch$|^(?:Apify\.)?launch(?:Puppeteer|Playwright)$/u.test(
    expression.getText(),
  );
}

function savesAfter({ code, persistence }: ActorModel, waiting: ts.Node): boolean {
  return persistence.saves.some(({ call }) => code.order.mayRunBefore(waiting, call));
}
