import type { ActorModel } from '../../actor/actor-model.ts';
import { hasGracefulShutdown } from '../../actor/listeners/automatic-reboot.ts';
import { callWords, wholeNameOf } from '../../syntax/call-words.ts';
import { exitAfter } from '../../actor/effects/exits.ts';
import type { Exit } from '../../actor/effects/exits.ts';
import type { FloatingWrite } from '../../actor/writes/floating-writes.ts';
import { isRejectionHandled } from '../../actor/writes/rejections.ts';
import { listenerAround } from '../../actor/listeners/listeners.ts';
import type { Listener } from '../../actor/listeners/listeners.ts';
import type { Store } from '../../sdk/roles.ts';
import type { Report } from '../rule.ts';

const WRITTEN: Readonly<Record<Store, string>> = {
  'key-value-store': 'save',
  dataset: 'push to the dataset',
  'request-queue': 'write to the request queue',
  charge: 'charge',
  run: 'call',
};

/** What a write that nobody waits for leads to, and where that can be seen. */
export function consequenceOf(
  actor: ActorModel,
  floating: FloatingWrite,
): Pick<Report, 'severity' | 'message' | 'related'> {
  const { drop, write, through } = floating;
  const what = subjectOf(floating);
  const seen = through.map((call) => ({
    node: call.expression,
    message: call === write.call ? `the ${WRITTEN[write.role.store]}` : 'which waits for this call',
  }));
  const listener = listenerAround(drop.call, actor.listeners);
  if (listener !== undefined && listener.event !== 'systemInfo' && listener.event !== 'cpuInfo') {
    const related = [...seen, { node: listener.registration.expression, message: 'the listener is registered here' }];
    return { severity: 'error', message: `${what}: ${inListener(actor, listener)}`, related };
  }
  const exit = exitAfter(actor.code, drop.call);
  if (exit !== undefined) {
    const related = [...seen, { node: exit.call.expression, message: 'the process exits here' }];
    return { severity: 'error', message: `${what}: ${beforeExit(exit)}`, related };
  }
  const cut = isRejectionHandled(floating) ? 'it may be cut' : 'it may be cut, and a rejection ends the process';
  return { severity: 'warning', message: `${what}: ${cut}`, related: seen };
}

function subjectOf({ drop, write, through }: FloatingWrite): string {
  const written = WRITTEN[write.role.store];
  if (drop.form === 'iteration')
    return `${callWords(drop.call)} waits for no promise, so nobody waits for this ${written}`;
  if (drop.form === 'array')
    return `await waits for none of the promises in an array, so nobody waits for this ${written}`;
  if (drop.form === 'overwritten')
    return `\`${drop.variable}\` keeps the promise of the last round only, so nobody waits for this ${written} in the others`;
  if (through.length === 0) return `Nobody waits for this ${written}`;
  return `Nobody waits for ${callWords(drop.call)}, and so for its ${written}`;
}

/**
 * Facts 1.4, 1.5: from 3.7 on the SDK reboots once the listeners have settled, so what they do not wait for is cut. Before,
 * the process lives until the platform kills it.
 */
function inListener(actor: ActorModel, { event }: Listener): string {
  const listener = event === undefined ? 'the listener' : `the ${event} listener`;
  const reboots = (event === 'migrating' || event === 'persistState') && hasGracefulShutdown(actor);
  return reboots
    ? `it is lost when the SDK reboots the run, which it does once ${listener} has returned`
    : `${listener} returns before it has arrived, so the process may end without it`;
}

/** Facts 2: `Actor.exit`, the end of `main` and `process.exit` wait for no write. */
function beforeExit({ call, by, sure }: Exit): string {
  const callee = wholeNameOf(call.expression) ?? 'the next call';
  const lost = sure ? 'it is lost' : 'it may be lost';
  return by === 'end'
    ? `${lost} when ${callee} exits the process at the end of its function`
    : `${lost} when ${callee} ends the process`;
}
