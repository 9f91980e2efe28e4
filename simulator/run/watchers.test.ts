import { describe, expect, test } from 'vitest';
import { watcherIn } from './watchers.ts';

describe('what restarts an Actor by itself', () => {
  test.each([
    ['tsx watch src/main.ts', 'tsx watch'],
    ['tsx --watch src/main.ts', 'tsx --watch'],
    ['npx tsx watch --clear-screen=false src/main.ts', 'tsx watch'],
    ['node --watch src/main.js', 'node --watch'],
    ['node --import tsx --watch-path=src src/main.ts', 'node --watch-path=src'],
    ['nodemon src/main.js', 'nodemon'],
    ['node node_modules/nodemon/bin/nodemon.js src/main.js', 'nodemon'],
    ['./node_modules/.bin/ts-node-dev --respawn src/main.ts', 'ts-node-dev'],
    ['C:\\app\\node_modules\\.bin\\nodemon.cmd main.js', 'nodemon'],
    ['cross-env A=1 nodemon main.js', 'nodemon'],
    ['bun --hot src/main.ts', 'bun --hot'],
    ['pnpm exec nodemon main.js', 'nodemon'],
    ['yarn tsx watch main.ts', 'tsx watch'],
  ])('%s', (command, watcher) => {
    expect(watcherIn(command.split(' '), {})).toBe(watcher);
  });

  test('is found in the script that a package manager runs, and in the script of that', () => {
    const scripts = { start: 'npm run build && npm run dev', build: 'tsc', dev: 'A=1 tsx watch "src/my main.ts"' };
    for (const command of ['npm start', 'npm run start', 'yarn start', 'pnpm run dev', 'npm run --silent dev']) {
      expect(watcherIn(command.split(' '), scripts), command).toBe('tsx watch');
    }
  });

  test.each([
    'node src/main.js',
    'node src/watch.js --watch',
    'tsx src/main.ts watch',
    'npx tsx src/main.ts',
    'npm start',
    'npm run gone',
    'node --env-file .env --watch-not src/main.js',
  ])('%s does not', (command) => {
    expect(watcherIn(command.split(' '), { start: 'npm start', other: 'nodemon' })).toBeUndefined();
  });
});
