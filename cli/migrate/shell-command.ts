import type { MigrateOptions } from './plan.ts';

/** `actor-state migrate` with these options, as a line for a shell. */
export function shellCommand(command: readonly string[], options: MigrateOptions): string {
  const {
    at = [],
    by,
    cwd,
    grace,
    latency,
    jitter,
    failWrites,
    websocket,
    seed,
    strict,
    keepLocks,
    isolated,
    compare,
  } = options;
  const words = [
    'actor-state',
    'migrate',
    ...(compare === true ? ['--compare'] : []),
    ...at.flatMap((one) => ['--at', one]),
    ...(by === undefined ? [] : ['--by', by]),
    ...(cwd === undefined ? [] : ['--cwd', cwd]),
    ...(grace === undefined ? [] : ['--grace', grace]),
    ...(latency === undefined ? [] : ['--latency', latency]),
    ...(jitter === undefined ? [] : ['--jitter', jitter]),
    ...(failWrites === undefined ? [] : ['--fail-writes', failWrites]),
    ...(websocket === undefined ? [] : ['--websocket', websocket]),
    ...(seed === undefined ? [] : ['--seed', seed]),
    ...(strict === true ? ['--strict'] : []),
    ...(keepLocks === true ? ['--keep-locks'] : []),
    ...(isolated === true ? ['--isolated'] : []),
    '--',
    ...command,
  ];
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
