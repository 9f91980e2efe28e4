import { ts } from 'ts-morph';

import { movedBehind, statementAround } from '../../fixes/moved-statement.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { waitsFor } from '../../flow/promises/waits.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { visit } from '../../syntax/functions.ts';
import { isMigrationListener } from '../../actor/listeners/listeners.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** A listener that is registered when the work is over: whatever comes while it goes on is not heard. */
export const lateListener: Rule = {
  id: 'late-listener',
  group: 'listeners',
  summary: 'A listener that is registered after the work it should save has ended.',
  defaultSeverity: 'error',
  needsEntryPoint: true,
  check: (actor) => {
    const listeners = actor.persistence.listeners.filter(isMigrationListener);
    const reports = listeners.flatMap(({ event, registration }) => reportsOf(actor, event, registration));
    return [...new Map(reports.map((report) => [report.node, report])).values()];
  },
};

function reportsOf(actor: ActorModel, event: string, registration: Call): readonly Report[] {
  const work = workBefore(actor, registration);
  if (work === undefined || hasWorkAfter(actor, registration)) return [];
  return [
    {
      node: registration,
      until: registration.expression,
      severity: 'error',
      message: `this listener of ${event} is registered when the work is over: a migration while it goes on is not heard, and nothing is saved`,
      related: [{ node: statementAround(work) ?? work, message: 'the work ends here' }],
      fixes: moveFixes(registration, work),
    },
  ];
}

/** The last loop or crawl that is surely over when a listener is registered. */
function workBefore(actor: ActorModel, registration: Call): ts.Node | undefined {
  const { code, regions, files } = actor;
  const loops = regions.flatMap(({ region }) => (region.kind === 'loop' ? [region.head] : []));
  const crawls = files
    .flatMap((file) => indexOf(file).calls)
    .filter((call) => code.roleOf(call, 'lifecycle')?.word === 'crawl')
    .flatMap((call) => waitsFor(code, call));
  return [...loops, ...crawls].findLast((work) => code.order.alwaysRunsBefore(work, registration));
}

/** Whether more work may come behind a listener: then it may be for that. */
function hasWorkAfter({ code, regions, files }: ActorModel, registration: Call): boolean {
  const crawls = files
    .flatMap((file) => indexOf(file).calls)
    .filter((call) => code.roleOf(call, 'lifecycle')?.word === 'crawl');
  const bodies = regions.flatMap(({ region }) => region.bodies);
  return [...bodies, ...crawls].some((work) => code.order.mayRunBefore(registration, work));
}

/** In front of the work: where nothing that is declared from there on is used in the listener. */
function moveFixes(registration: Call, end: ts.Node): readonly Fix[] {
  const [late, work] = [statementAround(registration), statementAround(end)];
  if (late === undefined || work === undefined || late.parent !== work.parent) return [];
  const block = work.parent;
  if (!ts.isExpressionStatement(late) || (!ts.isBlock(block) && !ts.isSourceFile(block))) return [];
  const at = block.statements.indexOf(work);
  const place = block.statements[at - 1];
  const between = block.statements.slice(at, block.statements.indexOf(late));
  if (place === undefined || between.some((statement) => declaresFor(statement, late))) return [];
  const changes = movedBehind([late], place);
  if (changes === undefined) return [];
  return [{ id: 'move', title: 'Register it before the work begins', safe: false, changes: () => changes }];
}

/** Whether a statement declares a name that another one has in it. */
function declaresFor(statement: ts.Statement, other: ts.Statement): boolean {
  const names = new Set<string>();
  visit(other, (node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
  });
  let declares = false;
  visit(statement, (node) => {
    const isName = ts.isIdentifier(node) && names.has(node.text);
    declares ||=
      isName &&
      (ts.isVariableDeclaration(node.parent) || ts.isBindingElement(node.parent)) &&
      node.parent.name === node;
    declares ||= isName && (ts.isFunctionDeclaration(node.parent) || ts.isClassDeclaration(node.parent));
  });
  return declares;
}
