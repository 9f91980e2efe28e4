import type { Change, StorageId } from '../recording.ts';
import { recordName } from './writes.ts';

/** What a write goes to: `default/STATE`, `dataset default`, `queue default`, `charge result`. */
export function targetOf(change: Change): string {
  switch (change.type) {
    case 'set-record':
    case 'delete-record':
      return recordName(change.record);
    case 'push-items':
      return storageName(change.dataset);
    case 'add-requests':
    case 'update-request':
    case 'delete-request':
      return storageName(change.queue);
    case 'drop-storage':
      return storageName(change.storage);
    case 'charge':
      return `charge ${change.event}`;
  }
}

const KINDS = { 'key-value-store': 'store', dataset: 'dataset', 'request-queue': 'queue' } as const;

export function storageName({ kind, name }: StorageId): string {
  return `${KINDS[kind]} ${name}`;
}
