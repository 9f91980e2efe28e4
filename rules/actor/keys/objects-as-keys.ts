import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { ownCallsOf } from '../own-code.ts';
import { argumentAt } from '../../flow/arguments.ts';
import type { Code } from '../../flow/code.ts';
import type { RoleOf } from '../../sdk/roles.ts';
import type { Call } from '../../syntax/file-index.ts';

/** A call that is given an object or an array where the key of a state belongs. */
export interface ObjectAsKey {
  readonly call: Call;
  readonly object: ts.Expression;
}

/** The states of an Actor whose key is surely an object. The `useState` of a crawler or a handler's context takes no key. */
export function objectsAsKeys(actor: ActorModel): readonly ObjectAsKey[] {
  const { code } = actor;
  return ownCallsOf(actor).flatMap((call) => {
    const roles = code.rolesOf(call);
    const [role, ...others] = roles.filter((each): each is RoleOf<'state'> => each.kind === 'state');
    if (role?.key?.index !== 0 || role.key.property !== undefined || others.length + 1 < roles.length) return [];
    const object = argumentAt(code, call, role.key);
    return object !== undefined && isObject(code, object) ? [{ call, object }] : [];
  });
}

function isObject(code: Code, expression: ts.Expression): boolean {
  const values = code.valuesOf(expression);
  return (
    values.length > 0 &&
    values.every((value) => ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value))
  );
}
