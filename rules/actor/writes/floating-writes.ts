import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isLeftOnPurpose } from './left-on-purpose.ts';
import { PromisePaths } from '../../flow/promises/paths.ts';
import type { Drop } from '../../flow/promises/fates.ts';
import type { RoleOf } from '../../sdk/roles.ts';
import { isTestFile } from '../../workspace/source-files.ts';

/** A write to a storage, or a charge. */
export interface Write {
  readonly call: ts.CallExpression;
  readonly role: RoleOf<'write'>;
}

/** A write whose promise nobody waits for. */
export interface FloatingWrite {
  readonly drop: Drop;
  readonly write: Write;
  /** The calls from the dropped one down to the write; empty where the write's own promise is dropped. */
  readonly through: readonly ts.CallExpression[];
}

const known = new WeakMap<ActorModel, readonly FloatingWrite[]>();

/** The writes of an Actor's program that nobody waits for, one for each promise that is dropped. */
export function floatingWritesOf(actor: ActorModel): readonly FloatingWrite[] {
  const before = known.get(actor);
  if (before !== undefined) return before;
  const found = findFloatingWrites(actor);
  known.set(actor, found);
  return found;
}

/** The ways of promises in an Actor's program, its tests aside. */
export function promisePathsOf({ code, files, folder }: ActorModel): PromisePaths {
  return new PromisePaths(
    code,
    files.filter(({ fileName }) => !isTestFile(fileName, folder.root)),
  );
}

function findFloatingWrites(actor: ActorModel): readonly FloatingWrite[] {
  const found = new Map<ts.Expression, FloatingWrite>();
  const paths = promisePathsOf(actor);
  for (const write of writesOf(actor)) {
    for (const { drop, through } of paths.dropsOf(write.call)) {
      const isFine = through.length > 0 && isLeftOnPurpose(actor.code, drop);
      if (!isFine && !found.has(drop.call)) found.set(drop.call, { drop, write, through });
    }
  }
  return [...found.values()];
}

function writesOf({ code, files, folder }: ActorModel): readonly Write[] {
  return files
    .filter(({ fileName }) => !isTestFile(fileName, folder.root))
    .flatMap((file) => indexOf(file).calls)
    .filter(ts.isCallExpression)
    .flatMap((call) => {
      const role = code.rolesOf(call).find(isStorageWrite);
      return role === undefined ? [] : [{ call, role }];
    });
}

function isStorageWrite(role: { readonly kind: string }): role is RoleOf<'write'> {
  return role.kind === 'write' && 'store' in role && role.store !== 'run';
}
