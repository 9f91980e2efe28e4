import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import { styleOf } from '../../fixes/file-style.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { isAsync } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';
import { BeforeInit, startsOfSdk } from '../../actor/effects/init-order.ts';
import type { Save } from '../../actor/effects/persistence.ts';
import type { Fix } from '../../fixes/changes.ts';

/**
 * Has the SDK ask for the save: `setInterval(save, 10_000)` becomes `Actor.on('persistState', save)`. Offered where nobody stops
 * the timer, its callback gives its promise to whom calls it, and it is set once the SDK is started.
 */
export function persistStateFixes(actor: ActorModel, timer: ts.CallExpression, save: Save): readonly Fix[] {
  const [callback, , ...given] = timer.arguments;
  const on = subscriptionBeside(actor, save);
  if (callback === undefined || on === undefined || given.length > 0 || !ts.isExpressionStatement(timer.parent))
    return [];
  if (save.call.getSourceFile() !== timer.getSourceFile() || !givesPromise(actor, callback)) return [];
  const isLegacy = (actor.folder.sdk?.generation ?? 3) < 3;
  if (!isLegacy && (startsOfSdk(actor).length !== 1 || new BeforeInit(actor).has(timer))) return [];
  return [
    {
      id: 'persist-state',
      title: 'Save on persistState in the place of this timer: each minute, and before a migration',
      safe: false,
      changes: () => {
        const file = timer.getSourceFile();
        const { quote } = styleOf(file);
        const text = `${on}(${quote}persistState${quote}, ${textOf(callback)})`;
        return [replacement(file, startOf(timer), timer.end, text)];
      },
    },
  ];
}

/** What registers a listener, by the name that the save has for the SDK: `Actor.on` beside `Actor.setValue`. */
function subscriptionBeside({ folder: { sdk } }: ActorModel, { call }: Save): string | undefined {
  const callee = awaited(call.expression);
  if (sdk?.package !== 'apify' || !ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression))
    return undefined;
  const name = callee.expression.text;
  if ((sdk.generation ?? 3) < 3) return name === 'Apify' ? 'Apify.events.on' : undefined;
  return name === 'Actor' ? 'Actor.on' : undefined;
}

function givesPromise({ code }: ActorModel, callback: ts.Expression): boolean {
  const functions = code.functionsOf(callback);
  return (
    functions.length > 0 &&
    functions.every(
      (fn) =>
        // A listener is given something else than a timer's callback.
        fn.parameters.length === 0 &&
        (isAsync(fn) || (ts.isArrowFunction(fn) && !ts.isBlock(fn.body) && ts.isCallExpression(fn.body))),
    )
  );
}
