import { RunProblem, type ProblemKind, type RunEnd } from './run.ts';

export function problem(kind: ProblemKind, sentence: string): RunEnd {
  return { how: 'problem', problem: new RunProblem(kind, sentence) };
}

/** An error that is no problem of the Actor's came from the platform, and says so itself. */
export function problemOf(error: unknown): RunEnd {
  if (error instanceof RunProblem) return { how: 'problem', problem: error };
  return problem('platform-lost', error instanceof Error ? error.message : String(error));
}
