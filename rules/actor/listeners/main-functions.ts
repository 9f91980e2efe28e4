import type { ts } from 'ts-morph';

import { argumentAt } from '../../flow/arguments.ts';
import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import type { FunctionNode } from '../../syntax/functions.ts';

const known = new WeakMap<Code, ReadonlyMap<FunctionNode, Call>>();

/** The call of `Actor.main` or `Apify.main` that runs a function. */
export function mainThatRuns(code: Code, fn: FunctionNode): Call | undefined {
  const mains = known.get(code) ?? mainFunctionsOf(code.files, code);
  known.set(code, mains);
  return mains.get(fn);
}

function mainFunctionsOf(files: readonly ts.SourceFile[], code: Code): ReadonlyMap<FunctionNode, Call> {
  return new Map(
    files
      .flatMap((file) => indexOf(file).calls)
      .flatMap((call): readonly (readonly [FunctionNode, Call])[] => {
        const role = code.roleOf(call, 'lifecycle');
        const given = role?.word === 'main' ? argumentAt(call, role.callback, code) : undefined;
        return given === undefined ? [] : code.functionsOf(given).map((fn) => [fn, call] as const);
      }),
  );
}
