import { ts } from 'ts-morph';

import type { Call } from '../syntax/file-index.ts';
import type { ArgumentPlace } from '../sdk/roles.ts';

/** The argument, or the property of one, that a role names. */
export function argumentAt(call: Call, place: ArgumentPlace | undefined): ts.Expression | undefined {
  if (place === undefined) return undefined;
  const argument = call.arguments?.[place.index];
  if (argument === undefined || place.property === undefined) return argument;
  if (!ts.isObjectLiteralExpression(argument)) return undefined;
  const property = argument.properties.find((each) => each.name?.getText() === place.property);
  if (property === undefined) return undefined;
  return ts.isPropertyAssignment(property)
    ? property.initializer
    : ts.isShorthandPropertyAssignment(property)
      ? property.name
      : undefined;
}
