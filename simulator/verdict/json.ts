import type { WindowEnd, WriteFault } from '../recording.ts';
import type { ComparisonOutput } from '../comparison/json.ts';
import type { Verdict, VerdictWord } from './verdict.ts';
import type { MigrationSummary, RepeatedItem, WriteVerdict } from './verdict.ts';
import { storageName } from './targets.ts';

/** The exit code of `actor-state migrate`: 0 resumed, 1 state lost or work repeated, 2 nothing to resume. */
export function exitCode({ word }: Pick<Verdict, 'word'>): 0 | 1 | 2 {
  if (word === 'resumed') return 0;
  return word === 'nothing-to-resume' ? 2 : 1;
}

/** The output of `actor-state migrate --json`, version 1: see migrate-output.schema.json. */
export interface MigrateOutput {
  readonly version: 1;
  readonly verdict: VerdictWord;
  readonly sentence: string;
  readonly fidelity: Verdict['fidelity'];
  /** Number of the migration that decided, from 1; `null` where there was none. */
  readonly decidedBy: number | null;
  readonly migrations: readonly MigrationOutput[];
  readonly keys: readonly KeyOutput[];
  readonly writes: readonly WriteOutput[];
  readonly repeated: {
    readonly items: readonly RepeatedOutput[];
    readonly requests: readonly string[];
    readonly atLeastOnce: readonly RepeatedOutput[];
  };
  readonly disk: readonly string[];
  readonly remarks: readonly string[];
  /** What an undisturbed run produced otherwise; `null` unless it was asked for. */
  readonly comparison: ComparisonOutput | null;
  readonly exitCode: number;
}

export interface MigrationOutput extends Omit<MigrationSummary, 'endedBy' | 'killToStartMs'> {
  readonly endedBy: WindowEnd | null;
  readonly killToStartMs: number | null;
}

export interface WriteOutput extends Omit<WriteVerdict, 'fault'> {
  readonly fault: WriteFault | null;
}

export interface KeyOutput {
  readonly store: string;
  readonly key: string;
  /** JSON text; `null` where there was no record. */
  readonly before: string | null;
  readonly saved: string | null;
  readonly savedAfterMs: number | null;
  readonly restored: Verdict['keys'][number]['restored'];
}

export interface RepeatedOutput {
  /** `dataset default`, `charge result`. */
  readonly target: string;
  readonly item: string;
  readonly times: number;
}

export interface OutputOptions {
  /** Where it is not that of the verdict: 130 where the run was interrupted, 1 where the comparison says so. */
  readonly exitCode?: number;
  readonly comparison?: ComparisonOutput | undefined;
}

export function asJson(
  verdict: Verdict,
  { exitCode: code = exitCode(verdict), comparison }: OutputOptions = {},
): MigrateOutput {
  const { word, sentence, fidelity, decidedBy, migrations, keys, writes, repeated, disk, remarks } = verdict;
  return {
    version: 1,
    verdict: word,
    sentence,
    fidelity,
    decidedBy: decidedBy ?? null,
    migrations: migrations.map(({ endedBy, killToStartMs, ...rest }) => ({
      ...rest,
      endedBy: endedBy ?? null,
      killToStartMs: killToStartMs ?? null,
    })),
    keys: keys.map(({ record, before, saved, savedAfterMs, restored }) => ({
      store: record.store.name,
      key: record.key,
      before: before ?? null,
      saved: saved ?? null,
      savedAfterMs: savedAfterMs ?? null,
      restored,
    })),
    writes: writes.map(({ fault, ...rest }) => ({ ...rest, fault: fault ?? null })),
    repeated: {
      items: repeated.items.map(repeatedOutput),
      requests: repeated.requests,
      atLeastOnce: repeated.atLeastOnce.map(repeatedOutput),
    },
    disk,
    remarks,
    comparison: comparison ?? null,
    exitCode: code,
  };
}

function repeatedOutput({ target, item, times }: RepeatedItem): RepeatedOutput {
  return { target: target.kind === 'charge' ? `charge ${target.name}` : storageName(target), item, times };
}
