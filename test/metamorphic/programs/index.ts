import { join } from 'node:path';

import type { Program } from '../program.ts';
import { folderPrograms } from './folders.ts';
import { kindPrograms } from './kinds.ts';
import { pagePrograms } from './pages.ts';

/** Every program that is written anew; those in a comment's scope move with their lines, so none has a suppression. */
export function allPrograms(root: string): readonly Program[] {
  return [...pagePrograms(root), ...kindPrograms(), ...folderPrograms(join(root, 'test-workspace'))].filter(
    ({ files }) => !Object.values(files).some((text) => text.includes('actor-state-disable')),
  );
}
