import type { ts } from 'ts-morph';

import { argumentAt } from '../../flow/arguments.ts';
import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import type { FunctionNode } from '../../syntax/functions.ts';

const known = new WeakMap<Code, ReadonlyMap<FunctionNode, Call>>();

/** The call of `Actor.main` or `Apify.main` that runs a function. */
export function mainThatRuns(code: Code, fn: FunctionNode): Call | undefined {
  const mains = known.get(code) ?? mainFunctionsOf(code, code.files);
  known.set(code, mains);
  return mains.get(fn);
}

function mainFunctionsOf(code: Code, files: readonly ts.SourceFile[]): ReadonlyMap<FunctionNode, Call> {
  return new Map(
    files
      .flatMap((file) => indexOf(file).calls)
      .flatMap((call): readonly (readonly [FunctionNode, Call])[] => {
        const role = code.roleOf(call, 'lifecycle');
        const given = role?.word === 'main' ? argumentAt(code, call, role.callback) : undefined;
        return given === undefined ? [] : code.functionsOf(given).map((fn) => [fn, call] as const);
      }),
  );
}
