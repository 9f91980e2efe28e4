import type { ActorModel } from '../../actor/actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { diskFilesOf } from '../../actor/effects/disk-files.ts';
import type { DiskFile } from '../../actor/effects/disk-files.ts';
import { unitOf } from '../../syntax/functions.ts';
import { headOf } from '../../actor/regions/region-head.ts';
import type { Region } from '../../actor/regions/regions.ts';
import { isEffectIn } from '../../actor/effects/places.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Report, Rule } from '../rule.ts';
import { keyValueStoreFixes } from './fixes.ts';

/** What a run keeps in a file of its container, which a migration leaves behind. */
export const stateOnLocalDisk: Rule = {
  id: 'state-on-local-disk',
  group: 'losses',
  summary: 'Progress that is kept in a local file: a migration goes to another machine, where the file is not.',
  defaultSeverity: 'warning',
  needsEntryPoint: true,
  check: (actor) => (mayKeepItElsewhere(actor) ? [] : reportsOf(actor)),
};

/** Code that asks where it runs may well have the file for the developer's machine alone. */
function mayKeepItElsewhere({ files, folder }: ActorModel): boolean {
  return (
    folder.sdk?.package !== 'apify' ||
    files.some((file) => {
      const { identifiers, texts } = indexOf(file);
      return ['isAtHome', 'APIFY_IS_AT_HOME'].some((name) => identifiers.has(name) || texts.has(name));
    })
  );
}

function reportsOf(actor: ActorModel): readonly Report[] {
  const { code, files, folder } = actor;
  const own = files.filter(({ fileName }) => !isTestFile(fileName, folder.root));
  const found = diskFilesOf(code, own);
  if (found.length === 0) return [];
  return actor.regions.flatMap(({ region }) => found.flatMap((file) => reportOf(actor, region, file)));
}

function reportOf(actor: ActorModel, region: Region, file: DiskFile): readonly Report[] {
  const { reads, writes } = file;
  const { order } = actor.code;
  // A file that is read in the region too may be handed from one part of the round to the next.
  if (reads.some((each) => isEffectIn(each, region))) return [];
  const read = reads.find(({ call }) => order.mayRunBefore(call, region.head))?.call;
  const writing = writes.find((each) => isEffectIn(each, region));
  if (read === undefined || writing === undefined || isReadElsewhere(actor, read)) return [];
  if (writes.some((each) => !isEffectIn(each, region) && order.mayRunBefore(each.call, region.head))) return [];
  const { call: write } = writing;
  return [
    {
      node: write,
      until: write.expression,
      severity: 'warning',
      message:
        'This file is on the disk of the container, which a migration leaves behind: the new process does not find it at its start, and begins anew',
      related: [
        { node: read.expression, message: 'is read here at the start' },
        { ...headOf(region), message: 'runs for long' },
      ],
      fixes: keyValueStoreFixes(actor, file),
    },
  ];
}

/** Whether the code that reads the file asks a storage too: the file may be a copy. */
function isReadElsewhere({ persistence }: ActorModel, read: Call): boolean {
  return persistence.restores.some(({ call, key, store }) => {
    return store === 'key-value-store' && key !== 'INPUT' && unitOf(call) === unitOf(read);
  });
}
