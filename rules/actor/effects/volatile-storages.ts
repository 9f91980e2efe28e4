import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { operandAt } from '../../flow/arguments.ts';
import { boundCallsOf, boundOperands } from '../../flow/bound-calls.ts';
import type { Code } from '../../flow/code.ts';
import { isSdkNode } from '../../program/sdk-declarations.ts';
import type { ArgumentPlace } from '../../sdk/roles.ts';
import { roleOf } from '../../sdk/roles.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isBoolean, propertyWith } from '../../syntax/literals.ts';
import { ownCallsOf } from '../own-code.ts';
import type { Effect } from './places.ts';

/** A storage, or a configuration for storages, that is told to write nothing down. */
export interface VolatileStorage extends Effect {
  /** What says so: the option, where it is written into an object. */
  readonly said: ts.PropertyAssignment | ts.Expression;
}

/** An option of the SDK that keeps things in memory only, with one of its values. */
interface VolatileOption {
  readonly place: ArgumentPlace;
  readonly when: string;
}

/** The storages of a program that live in memory alone, as the SDK's table marks the option. */
export function volatileStoragesOf(actor: ActorModel): readonly VolatileStorage[] {
  const { code } = actor;
  const found = new Map<ts.Node, VolatileStorage>();
  const options = new Map<ts.Node, readonly VolatileOption[]>();
  for (const made of ownCallsOf(actor)) {
    for (const callee of code.calleesOf(made)) {
      if (!isSdkNode(callee)) continue;
      const known = options.get(callee) ?? volatileOptionsOf(code, callee);
      options.set(callee, known);
      for (const storage of known.flatMap((option) => toldBy(code, made, option)))
        if (!found.has(storage.said)) found.set(storage.said, storage);
    }
  }
  return [...found.values()];
}

/** The options of what a member of the SDK takes. */
function volatileOptionsOf(code: Code, callee: ts.Node): readonly VolatileOption[] {
  const members = ts.isClassLike(callee) ? callee.members.filter(ts.isConstructorDeclaration) : [callee];
  return members.filter(ts.isFunctionLike).flatMap(({ parameters }) =>
    parameters.flatMap((parameter, index) =>
      code.checker
        .getNonNullableType(code.checker.getTypeAtLocation(parameter))
        .getProperties()
        .flatMap(({ name: property, declarations = [] }) =>
          declarations.flatMap((each) => {
            const role = isSdkNode(each) ? roleOf(each, 'volatile') : undefined;
            return role === undefined ? [] : [{ place: { index, property }, when: role.when }];
          }),
        ),
    ),
  );
}

/** Where a call is told so, in each of the ways that it is made. */
function toldBy(code: Code, made: Call, { place, when }: VolatileOption): readonly VolatileStorage[] {
  const operand = operandAt(code, made, place);
  if (operand === undefined) return [];
  return boundCallsOf(code, made, [operand.expression]).flatMap((bound) => {
    const [only, ...others] = boundOperands(code, operand, bound);
    if (only === undefined || others.length > 0 || only.path.length > 0) return [];
    const values = code.valuesOf(only.expression);
    if (values.length === 0 || !values.every((each) => isBoolean(each, when === 'true'))) return [];
    const said = propertyWith(only.expression) ?? only.expression;
    return [{ call: bound.path[0], made, path: bound.path, said }];
  });
}
