// Written by `npm run generate` from the folders beside it: do not edit.
import type { Rule } from './rule.ts';
import { brokenRestore } from './broken-restore/rule.ts';
import { crossRunDefaultStore } from './cross-run-default-store/rule.ts';
import { detachedUseState } from './detached-use-state/rule.ts';
import { exitInFinally } from './exit-in-finally/rule.ts';
import { exitInListener } from './exit-in-listener/rule.ts';
import { hardExit } from './hard-exit/rule.ts';
import { ineffectiveListener } from './ineffective-listener/rule.ts';
import { intervalAsPersistence } from './interval-as-persistence/rule.ts';
import { keyMismatch } from './key-mismatch/rule.ts';
import { lateListener } from './late-listener/rule.ts';
import { listenerBeforeInit } from './listener-before-init/rule.ts';
import { markBeforeWrite } from './mark-before-write/rule.ts';
import { memoryOnlyStorage } from './memory-only-storage/rule.ts';
import { missingInit } from './missing-init/rule.ts';
import { missingMigratingHandler } from './missing-migrating-handler/rule.ts';
import { missingRestore } from './missing-restore/rule.ts';
import { obsoleteAbortWorkaround } from './obsolete-abort-workaround/rule.ts';
import { overwrittenOnStart } from './overwritten-on-start/rule.ts';
import { repeatedEffectInListener } from './repeated-effect-in-listener/rule.ts';
import { sharedQueueAfterRestart } from './shared-queue-after-restart/rule.ts';
import { slowListener } from './slow-listener/rule.ts';
import { staleStateRead } from './stale-state-read/rule.ts';
import { stateBeforeInit } from './state-before-init/rule.ts';
import { stateKeyCollision } from './state-key-collision/rule.ts';
import { stateOnLocalDisk } from './state-on-local-disk/rule.ts';
import { swallowedSaveError } from './swallowed-save-error/rule.ts';
import { throwingListener } from './throwing-listener/rule.ts';
import { unawaitedExit } from './unawaited-exit/rule.ts';
import { unawaitedUseState } from './unawaited-use-state/rule.ts';
import { unawaitedWrite } from './unawaited-write/rule.ts';
import { unpersistedState } from './unpersisted-state/rule.ts';
import { unserializableState } from './unserializable-state/rule.ts';
import { unusedSuppression } from './unused-suppression/rule.ts';
import { useStateKey } from './use-state-key/rule.ts';

/** Every rule, by its folder's name. */
export const allRules: readonly Rule[] = [
  brokenRestore,
  crossRunDefaultStore,
  detachedUseState,
  exitInFinally,
  exitInListener,
  hardExit,
  ineffectiveListener,
  intervalAsPersistence,
  keyMismatch,
  lateListener,
  listenerBeforeInit,
  markBeforeWrite,
  memoryOnlyStorage,
  missingInit,
  missingMigratingHandler,
  missingRestore,
  obsoleteAbortWorkaround,
  overwrittenOnStart,
  repeatedEffectInListener,
  sharedQueueAfterRestart,
  slowListener,
  staleStateRead,
  stateBeforeInit,
  stateKeyCollision,
  stateOnLocalDisk,
  swallowedSaveError,
  throwingListener,
  unawaitedExit,
  unawaitedUseState,
  unawaitedWrite,
  unpersistedState,
  unserializableState,
  unusedSuppression,
  useStateKey,
];
