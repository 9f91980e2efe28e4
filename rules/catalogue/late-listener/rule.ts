import { ts } from 'ts-morph';

import { movedBehind, statementAround } from '../../fixes/moved-statement.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { awaitOf } from '../../flow/promises/fates.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { unitOf, visit } from '../../syntax/functions.ts';
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
  const late = statementAround(registration);
  if (late === undefined) return [];
  const work = workBefore(actor, late);
  if (work === undefined || hasWorkAfter(actor, late)) return [];
  return [
    {
      node: registration,
      until: registration.expression,
      severity: 'error',
      message: `this listener of ${event} is registered when the work is over: a migration while it goes on is not heard, and nothing is saved`,
      related: [{ node: work, message: 'the work ends here' }],
      fixes: moveFixes(late, work),
    },
  ];
}

/** The statement of the same block that surely runs long-running work to its end, before another one. */
function workBefore(actor: ActorModel, late: ts.Statement): ts.Statement | undefined {
  const block = late.parent;
  if (!ts.isBlock(block) && !ts.isSourceFile(block)) return undefined;
  const before = block.statements.slice(0, block.statements.indexOf(late));
  const awaits = crawlAwaitsIn(actor, late.getSourceFile());
  return before.findLast((statement) => isLongLoop(actor, statement) || awaitsCrawl(awaits, statement));
}

function isLongLoop({ regions }: ActorModel, statement: ts.Statement): boolean {
  return regions.some(({ region }) => region.kind === 'loop' && region.head === statement);
}

/** Whether a statement surely waits for the end of a crawl: `await crawler.run(…);` */
function awaitsCrawl(awaits: ReadonlySet<ts.Node>, statement: ts.Statement): boolean {
  let found = false;
  visit(statement, (node) => {
    if (ts.isFunctionLike(node) || ts.isIfStatement(node)) return false;
    found ||= awaits.has(node);
    return !found;
  });
  return found;
}

function crawlAwaitsIn({ code }: ActorModel, file: ts.SourceFile): ReadonlySet<ts.Node> {
  return new Set(
    indexOf(file)
      .calls.filter((call) => code.roleOf(call, 'lifecycle')?.word === 'crawl')
      .flatMap((call) => awaitOf(code, call)?.at ?? []),
  );
}

/** More work in the same function, or none that is known to end: then the listener may be for that. */
function hasWorkAfter({ code, regions, files }: ActorModel, late: ts.Statement): boolean {
  const unit = unitOf(late);
  const isAfter = (node: ts.Node): boolean => unitOf(node) === unit && node.pos >= late.end;
  return (
    regions.some(({ region }) => isAfter(region.head)) ||
    files
      .flatMap((file) => indexOf(file).calls)
      .some(
        (call) =>
          isAfter(call) && (code.roleOf(call, 'lifecycle')?.word === 'crawl' || runsRegion(regions, code, call)),
      )
  );
}

/** A function of the project that does long-running work. */
function runsRegion(regions: ActorModel['regions'], code: ActorModel['code'], call: Call): boolean {
  const called = code.calledFunctions(call);
  return called.length > 0 && regions.some(({ region }) => called.some((fn) => unitOf(region.head) === fn));
}

/** In front of the work: where nothing that is declared from there on is used in the listener. */
function moveFixes(late: ts.Statement, work: ts.Statement): readonly Fix[] {
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
