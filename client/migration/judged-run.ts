import type { Recording, Verdict } from '../../simulator/index.ts';
import type { KnownActor } from '../actors.ts';

/** What is known of a run that was migrated. */
export interface JudgedRun {
  readonly id: string;
  readonly name: string;
  /** The Actor's folder, absolute. */
  readonly folder: string;
  readonly verdict: Verdict;
  readonly recording: Recording;
  /** Nothing that the run still does will change it. */
  readonly final: boolean;
  readonly actor: KnownActor | undefined;
}

/** Whose run it is, and whether it goes on. */
export function statusOf({ name, final }: JudgedRun): string {
  return `${name}. ${final ? 'The run has ended.' : 'The run goes on: this page follows it.'}`;
}
