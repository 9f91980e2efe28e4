import type { ts } from 'ts-morph';

import type { ActorModel } from './actor-model.ts';
import { indexOf } from '../syntax/file-index.ts';
import type { Call } from '../syntax/file-index.ts';
import { isTestFile } from '../workspace/source-files.ts';

/** The files of an Actor's program that run on the platform: its tests are none. */
export function ownFilesOf({ files, folder }: ActorModel): readonly ts.SourceFile[] {
  return files.filter(({ fileName }) => !isTestFile(fileName, folder.root));
}

/** The calls in an Actor's own files, in the order of the text. */
export function ownCallsOf(actor: ActorModel): readonly Call[] {
  return ownFilesOf(actor).flatMap((file) => indexOf(file).calls);
}

/** Whether a node stands in an Actor's own files, and not in a test. */
export function isOwnCode({ folder }: ActorModel, node: ts.Node): boolean {
  return !isTestFile(node.getSourceFile().fileName, folder.root);
}
