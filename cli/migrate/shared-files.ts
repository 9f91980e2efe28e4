import { join } from 'node:path';
import { LocalDisk } from '../../simulator/index.ts';
import type { MigrationPlan } from './plan.ts';
import type { Progress } from './progress.ts';

/** So many files are named. */
const SHOWN = 3;

/** Looks at the Actor's folder before the first of several runs in it. */
export async function watched({ actorFolder }: MigrationPlan): Promise<LocalDisk> {
  const disk = new LocalDisk(actorFolder, join(actorFolder, 'storage'));
  await disk.start();
  return disk;
}

/** Each run must find the disk as the first one did; what a run leaves there, the next one reads. */
export function sayWhatIsShared(written: readonly string[], progress: Progress): void {
  if (written.length === 0) return;
  const named = written.slice(0, SHOWN).join(', ') + (written.length > SHOWN ? ', …' : '');
  progress.say(`the Actor writes files in its folder (${named}), which its runs share: --isolated parts them`);
}
