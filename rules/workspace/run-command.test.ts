import { describe, expect, it } from 'vitest';
import { modulesRunBy } from './run-command.ts';

const scripts = {
  start: 'npm run start:dev',
  'start:dev': 'tsx src/main.ts',
  'start:prod': 'node dist/main.js',
  build: 'node build.js',
  loop: 'npm run loop',
};
const run = (command: string, shell: Readonly<Record<string, string>> = {}): readonly string[] =>
  modulesRunBy(command, { scripts, shellScript: (path) => shell[path] });

describe('the modules that a command runs', () => {
  it.each([
    ['node main.js', 'main.js'],
    ['node .', '.'],
    ['node --enable-source-maps -r dotenv/config ./dist/main.js --flag x', './dist/main.js'],
    ['node --loader ts-node/esm src/main.ts', 'src/main.ts'],
    ['node --import=tsx src/main.ts', 'src/main.ts'],
    ['node --watch src/main.js', 'src/main.js'],
    ['tsx watch src/main.ts', 'src/main.ts'],
    ['ts-node -T src/main.ts', 'src/main.ts'],
    ['ts-node -P tsconfig.run.json src/main.ts', 'src/main.ts'],
    ['ts-node-esm -T src/main.ts', 'src/main.ts'],
    ['nodemon --watch src --exec "ts-node src/main.ts"', 'src/main.ts'],
    ['cross-env NODE_ENV=production A="b c" node src/main.js', 'src/main.js'],
    ['NODE_OPTIONS=--max-old-space-size=4096 node src/main.js', 'src/main.js'],
    ['npm run build && node dist/main.js', 'dist/main.js'],
    ['tsc; node dist/main.js', 'dist/main.js'],
    ['node build.js && node dist/main.js', 'dist/main.js'],
    ['node src/main.js | node format.js', 'src/main.js'],
    ['npm start', 'src/main.ts'],
    ['npm start --silent', 'src/main.ts'],
    ['npm run start:prod --silent', 'dist/main.js'],
    ['yarn start:prod', 'dist/main.js'],
    ['yarn --cwd packages/a start:prod', 'dist/main.js'],
    ['pnpm --filter a start', 'src/main.ts'],
    ['npm run start:prod -w actors/a', 'dist/main.js'],
    ['./start_xvfb_and_run_cmd.sh && npm run start:prod --silent', 'dist/main.js'],
    ['xvfb-run -a -s "-ac -screen 0 1920x1080x24+32" npm start', 'src/main.ts'],
    ['npx tsx src/main.ts', 'src/main.ts'],
    ['bun run src/main.ts', 'src/main.ts'],
    ['bun run start', 'src/main.ts'],
    ['apify run', 'src/main.ts'],
    ['sh -c "node src/main.js | tee log.txt"', 'src/main.js'],
    ['node src/main.js 2>&1 | pino-pretty', 'src/main.js'],
    ['node src/main.js || node src/fallback.js', 'src/main.js'],
    ['exec node "src/my main.js"', 'src/my main.js'],
    ['/usr/local/bin/node main.js', 'main.js'],
  ])('%s', (command, module) => {
    expect(run(command)).toEqual([module]);
  });

  it('are several where one runs in the background', () => {
    expect(run('node src/worker.js & node src/main.js')).toEqual(['src/worker.js', 'src/main.js']);
  });

  it.each([
    'npm run build',
    'tsc -p .',
    'npm run loop',
    'npm install',
    'node -e "1"',
    'echo node',
    '',
    '&& ||',
    'npm run missing',
  ])('are none for %j', (command) => {
    expect(run(command)).toEqual([]);
  });

  it('are found through a shell script', () => {
    const shell = { './start.sh': '#!/bin/sh\n# node old.js\nXvfb :99 &\nexec node \\\n  src/main.js\n' };
    expect(run('./start.sh', shell)).toEqual(['src/main.js']);
    expect(run('bash ./start.sh', shell)).toEqual(['src/main.js']);
    expect(run('./a.sh', { './a.sh': './a.sh' })).toEqual([]);
  });
});
