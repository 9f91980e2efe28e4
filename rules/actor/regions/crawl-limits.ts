import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { crawlerOption } from './crawler-options.ts';
import { isFunctionNode } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';
import type { StateVariable } from '../state/own-state.ts';
import type { Region } from './regions.ts';
import { isInRegion } from '../state/significance.ts';

/**
 * Whether a count of requests ends where the crawler itself ends: it is compared with what the crawler has as
 * `maxRequestsPerCrawl`. The crawler's own count comes back after a migration, from its statistics or its queue, so the limit
 * holds though this count starts over.
 */
export function isHeldByCrawler(code: Code, { binding, mutations }: StateVariable, region: Region): boolean {
  const option = crawlerOption(code, region, 'maxRequestsPerCrawl');
  const limit = option && symbolOf(code, option);
  if (limit === undefined || !mutations.every(({ node }) => countsRequests(node, region))) return false;
  const comparisons = code
    .referencesOf(binding.symbol)
    .filter((use) => isInRegion(use, region))
    .flatMap((use) => comparisonWith(use) ?? []);
  return comparisons.length > 0 && comparisons.every((other) => symbolOf(code, other) === limit);
}

/** One step for a request: in the handler itself, in no loop or callback of it. */
function countsRequests(step: ts.Node, { bodies }: Region): boolean {
  if (!isStepOfOne(step)) return false;
  let node = step.parent;
  while (!isFunctionNode(node)) {
    if (ts.isSourceFile(node) || ts.isIterationStatement(node, false)) return false;
    node = node.parent;
  }
  return bodies.includes(node);
}

function isStepOfOne(step: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(step) || ts.isPostfixUnaryExpression(step))
    return step.operator === ts.SyntaxKind.PlusPlusToken;
  return (
    ts.isBinaryExpression(step) &&
    step.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken &&
    ts.isNumericLiteral(step.right) &&
    step.right.text === '1'
  );
}

const COMPARING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
]);

/** The other side of the comparison that a use stands in. */
function comparisonWith(use: ts.Node): ts.Expression | undefined {
  let node = use;
  while (ts.isExpression(node.parent) && !isFunctionNode(node.parent)) {
    const { parent } = node;
    if (ts.isBinaryExpression(parent) && COMPARING.has(parent.operatorToken.kind))
      return parent.left === node ? parent.right : parent.left;
    node = parent;
  }
  return undefined;
}

function symbolOf(code: Code, expression: ts.Expression): ts.Symbol | undefined {
  const place = awaited(expression);
  if (ts.isIdentifier(place)) return code.symbolOf(place);
  return ts.isPropertyAccessExpression(place) ? code.symbolOf(place.name) : undefined;
}
