import type { Recording } from '../recording.ts';
import { evidenceOf } from './evidence.ts';
import { historyOf } from './history.ts';
import { ENOUGH_WORK, hasHadItsChance, MUCH_WORK } from './progress.ts';
import { itemsAreTelling } from './repeated-items.ts';
import { faultyKeys } from './restored.ts';

/**
 * Whether a verdict may be shown though the restarted Actor still runs. True when it has ended by itself; else when
 *
 * - it has had work acknowledged three times: what it did first shows whether it begins again or goes on, since a restart
 *   begins with the first item or request, and a place too early shows in the first thing done;
 * - of its first three items it is known whether the Actor pushes the same over and over;
 * - every state record has been read or overwritten, and every write that was cut has been made again, or has been found to
 *   be lost; or, where some have not, it has had work acknowledged so many times that they no longer will be (twenty: an
 *   Actor restores before it works; see `MUCH_WORK`).
 *
 * What comes after cannot make the verdict better: a record that is read, and a write that is made again, only later counts
 * as not restored and as lost. It can make it worse: a failure later on, or work repeated later on.
 */
export function settled(recording: Recording): boolean {
  const history = historyOf(recording);
  const migration = history.migrations.at(-1);
  if (migration === undefined) return history.lives.some(({ end }) => end?.how === 'itself');
  if (migration.next === undefined) return false;
  const { next } = migration;
  if (next.end?.how === 'itself') return true;
  if (next.end !== undefined || !hasHadItsChance(next, ENOUGH_WORK)) return false;
  const evidence = evidenceOf(history, migration, false);
  if (!itemsAreTelling(next, evidence.span)) return false;
  if (hasHadItsChance(next, MUCH_WORK + 2 * evidence.cut.length)) return true;
  const isOpen = evidence.cut.some(({ fate }) => fate === 'open');
  const faulty = new Set(faultyKeys(evidence));
  return (
    !isOpen &&
    evidence.states.every(
      (state) => state.restored === 'read' || state.restored === 'changed-in-shape' || faulty.has(state),
    )
  );
}
