import { ts } from 'ts-morph';

import type { ActorModel } from '../../model/actor-model.ts';
import { placesOf } from '../../model/restored-records.ts';
import type { RestoredRecord } from '../../model/restored-records.ts';
import type { Report } from '../rule.ts';

/** `let count = saved.count; … count += saved.count`: what came back is added to itself. */
export function countedTwice({ code }: ActorModel, record: RestoredRecord): readonly Report[] {
  const places = placesOf(record, code);
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
