import { readdirSync } from 'node:fs';
import { afterEach, beforeAll, expect, test } from 'vitest';

import { buildPlatform, closePlatforms, startPlatform } from './testing/forked-platform.ts';

beforeAll(buildPlatform);
afterEach(closePlatforms);

test('nothing is stored any more once the processes are killed: what had arrived is settled before', async () => {
  const platform = await startPlatform();
  platform.startActor(`await Actor.init();
    for (let n = 0; n < 10; n += 1) {
      void Actor.pushData(Array.from({ length: 300 }, (_, i) => ({ n, i }))).catch(() => undefined);
    }`);
  await expect
    .poll(() => platform.events.filter(({ kind }) => kind === 'write').length, { timeout: 60_000, interval: 1 })
    .toBeGreaterThan(5);
  await platform.call('kill', { why: 'migration' });
  const stored = filesIn(platform.storageFolder);
  const recorded = [...platform.events];
  await platform.call('finish');
  await platform.exited;
  expect(platform.events).toEqual(recorded);
  expect(filesIn(platform.storageFolder)).toEqual(stored);
  expect(stored.filter((name) => name.endsWith('.json')).length % 300).toBe(0);
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
}
