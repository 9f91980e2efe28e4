/** One Actor migrated, and what that has shown. */
export { DEFAULTS } from './defaults.ts';
export { outputOf } from './output.ts';
export { tryMigration, type Trial, type TrialOptions } from './trial.ts';
