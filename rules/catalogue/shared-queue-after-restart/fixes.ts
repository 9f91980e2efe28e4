import { ts } from 'ts-morph';

import { insertion, startOf } from '../../fixes/changes.ts';
import { indentOf, styleOf } from '../../fixes/file-style.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { Call } from '../../syntax/file-index.ts';
import { unitOf } from '../../syntax/functions.ts';
import { BeforeInit } from '../../actor/effects/init-order.ts';
import type { Fix } from '../../fixes/changes.ts';

/**
 * Gives a crawler a queue of its own. Offered where its options stand in it, it is made where it is run, so that `await` may
 * stand there, and the SDK is started before, in the same file and by the name `Actor`.
 */
export function ownQueueFixes(actor: ActorModel, crawler: Call, run: ts.CallExpression): readonly Fix[] {
  const [options] = crawler.arguments ?? [];
  const first = options !== undefined && ts.isObjectLiteralExpression(options) ? options.properties[0] : undefined;
  const holder = crawler.parent;
  if (first === undefined || !ts.isVariableDeclaration(holder) || unitOf(crawler) !== unitOf(run)) return [];
  if (isRepeated(actor, crawler)) return [];
  const before = new BeforeInit(actor);
  const { start } = before;
  const isStarted =
    start?.getSourceFile() === crawler.getSourceFile() && start.expression.getText().startsWith('Actor.');
  if (!isStarted || before.has(crawler)) return [];
  return [
    {
      id: 'own-queue',
      title: "Give this crawler a queue of its own, which has the run's id in its name",
      safe: false,
      changes: () => {
        const file = crawler.getSourceFile();
        const name =
          holder.name
            .getText()
            .replaceAll(/[^a-zA-Z0-9]+/gu, '-')
            .replaceAll(/^-|-$/gu, '') || 'crawler';
        const isAlone = file.text.slice(startOf(first.parent), startOf(first)).includes('\n');
        const gap = isAlone ? `${styleOf(file).lineEnd}${indentOf(first)}` : ' ';
        const queue = `await Actor.openRequestQueue(\`${name}-\${Actor.getEnv().actorRunId ?? Date.now()}\`)`;
        return [insertion(file, startOf(first), `requestQueue: ${queue},${gap}`)];
      },
    },
  ];
}

/** Made in a loop, or in a function that is called in several places: then one name would be for several queues. */
function isRepeated({ code }: ActorModel, crawler: Call): boolean {
  const unit = unitOf(crawler);
  const loop = ts.findAncestor(crawler, (node) => node === unit || ts.isIterationStatement(node, false));
  if (loop !== unit) return true;
  const callers = ts.isSourceFile(unit) ? [] : code.callersOf(unit);
  return (
    callers.length > 1 || callers.some((call) => ts.findAncestor(call, (node) => ts.isIterationStatement(node, false)))
  );
}
