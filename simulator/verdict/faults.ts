import type { WriteFault } from '../recording.ts';
import type { ProcessLife } from './history.ts';
import { targetOf } from './targets.ts';
import { list, quoted } from './words.ts';

/** How the writes failed that the run was told to fail: `failed by --fail-writes (reject)`. */
export function failedBy(failed: readonly { readonly fault?: WriteFault | undefined }[]): string {
  const kinds = [...new Set(failed.flatMap(({ fault }) => fault ?? []))];
  return `failed by --fail-writes (${kinds.join(', ')})`;
}

/** Beside the failure of a process: which of its writes had failed, since that may be why. Nothing where none had. */
export function hadFailed(life: ProcessLife | undefined): string {
  const failed = life?.writes.filter(({ fault }) => fault !== undefined) ?? [];
  if (failed.length === 0) return '';
  const targets = [...new Set(failed.map(({ change }) => quoted(targetOf(change))))];
  return ` What it had written to ${list(targets)} was ${failedBy(failed)}, and that may be why.`;
}
