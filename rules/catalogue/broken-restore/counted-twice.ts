import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { isConst } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { placesOf } from '../../actor/records/restored-records.ts';
import type { RestoredRecord } from '../../actor/records/restored-records.ts';
import type { Report } from '../rule.ts';

/** What came back is added to itself: `let count = saved.count; count += saved.count`, or the size of a restored collection. */
export function countedTwice(actor: ActorModel, record: RestoredRecord): readonly Report[] {
  return [...addedCounts(actor, record), ...addedSizes(actor, record)];
}

function addedCounts({ code }: ActorModel, record: RestoredRecord): readonly Report[] {
  const places = placesOf(code, record);
  return places.flatMap(({ place, field }): readonly Report[] => {
    const step = place.parent;
    const adds =
      ts.isBinaryExpression(step) &&
      step.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken &&
      step.right === place &&
      ts.isIdentifier(step.left);
    if (!adds) return [];
    const counter = code.symbolOf(step.left);
    const before = places.find(
      (other) => other.field === field && heldBy(other.place) === counter && counter !== undefined,
    );
    if (before === undefined) return [];
    return [
      {
        node: step,
        severity: 'warning',
        message: `\`${step.left.getText()}\` starts from what was restored, and here that is added to it again: each migration doubles it`,
        related: [{ node: before.place, message: 'it has it from here already' }],
        fixes: [],
      },
    ];
  });

  function heldBy(place: ts.Node): ts.Symbol | undefined {
    if (!ts.isExpression(place)) return undefined;
    const { parent } = place;
    if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return undefined;
    return code.symbolOf(parent.name);
  }
}

/** `const seen = new Set(saved); const before = seen.size; … seen.size + before`: it holds what came back already. */
function addedSizes({ code }: ActorModel, record: RestoredRecord): readonly Report[] {
  const collections = new Set(placesOf(code, record).flatMap(({ place }) => collectionOf(code, place) ?? []));
  return [...collections].flatMap((collection) => {
    const sizes = code.referencesOf(collection).flatMap((name) => sizeOf(name) ?? []);
    const counts = new Map(sizes.flatMap((size) => constantOf(code, size) ?? []));
    return sizes.flatMap((size): readonly Report[] => {
      const terms = termsAround(size);
      const [again] = terms.flatMap((term) => {
        const symbol = ts.isIdentifier(term) ? code.symbolOf(term) : undefined;
        return (symbol && counts.get(symbol)) ?? [];
      });
      if (again === undefined) return [];
      return [
        {
          node: size,
          severity: 'warning',
          message: `\`${collection.name}\` holds what was restored, and here its size from the start is added to it again: after a migration that counts twice`,
          related: [{ node: again, message: 'the size from the start' }],
          fixes: [],
        },
      ];
    });
  });
}

/** The constant that a restored list is put into: as it is, or as `new Set(…)`, `new Map(…)`, `[...]`. */
function collectionOf(code: Code, place: ts.Node): ts.Symbol | undefined {
  let { parent } = place;
  while (ts.isNewExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent))
    ({ parent } = parent);
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return undefined;
  return isConst(parent) ? code.symbolOf(parent.name) : undefined;
}

/** `seen.size`, `list.length`. */
function sizeOf(name: ts.Node): ts.PropertyAccessExpression | undefined {
  const { parent } = name;
  const isSize =
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === name &&
    (parent.name.text === 'size' || parent.name.text === 'length');
  return isSize ? parent : undefined;
}

/** The constant that is given a size, once and with nothing else. */
function constantOf(code: Code, size: ts.Node): readonly [readonly [ts.Symbol, ts.Node]] | undefined {
  const { parent } = size;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name) || !isConst(parent)) return undefined;
  const symbol = code.symbolOf(parent.name);
  return symbol === undefined ? undefined : [[symbol, size]];
}

/** All that is added up where a size stands: of `a.size + b + 1` the `b` and the `1`. */
function termsAround(size: ts.Node): readonly ts.Node[] {
  let sum = size;
  while (isSum(sum.parent)) sum = sum.parent;
  const terms = (node: ts.Node): readonly ts.Node[] =>
    isSum(node) ? [...terms(node.left), ...terms(node.right)] : [node];
  return terms(sum).filter((term) => term !== size);
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}
