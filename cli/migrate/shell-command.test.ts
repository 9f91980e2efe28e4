import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellCommand } from './shell-command.ts';

test('the options that matter for one run are all there', () => {
  const options = {
    at: ['write:3'],
    cwd: 'a b',
    grace: '5',
    latency: '0',
    jitter: '50',
    failWrites: '0.1:outage',
    websocket: 'closed',
    seed: '7',
    strict: true,
    keepLocks: true,
    isolated: true,
  };
  expect(shellCommand(['npm', 'start'], { ...options, compare: true })).toBe(
    "actor-state migrate --compare --at write:3 --cwd 'a b' --grace 5 --latency 0 --jitter 50 --fail-writes 0.1:outage --websocket closed --seed 7 --strict --keep-locks --isolated -- npm start",
  );
});

test.skipIf(process.platform === 'win32')('a shell reads back the words that were given', () => {
  const words = ['node', '-e', 'console.log("$HOME", `x`)', "it's", '', '*'];
  const line = shellCommand(words, {}).replace('actor-state migrate --', String.raw`printf '%s\n'`);
  expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(`${words.join('\n')}\n`);
});
