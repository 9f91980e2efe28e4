import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actorFolder } from '../testing/actor-folder.ts';
import { clearAfterKill, unlockRequests } from './storage-after-kill.ts';

const locked = { id: 'a', orderNo: Date.now() + 100_000 };

test('after a kill lock folders go, what was cut is named, and requests are free, the forefront first', async () => {
  const folder = await actorFolder({
    sdk: 'none',
    files: {
      'key_value_stores/default/S.json': '{"n": 1',
      'key_value_stores/default/T.json': { n: 1 },
      'request_queues/default/a.json': locked,
      'request_queues/default/b.json': { id: 'b', orderNo: -locked.orderNo },
      'request_queues/default/c.json': { id: 'c', orderNo: null },
      'request_queues/default/d.json': { id: 'd', orderNo: 5 },
    },
  });
  const { path } = folder;
  await mkdir(join(path, 'key_value_stores/default/S.json.lock'));
  await writeFile(join(path, 'key_value_stores/default/page.html'), '<p>');
  expect(await clearAfterKill(path)).toEqual(['key_value_stores/default/S.json']);
  expect(existsSync(join(path, 'key_value_stores/default/S.json.lock'))).toBe(false);
  expect(await unlockRequests(path)).toBe(2);
  const orders: number[] = [];
  for (const id of ['a', 'b', 'c', 'd'])
    orders.push(JSON.parse(await folder.read(`request_queues/default/${id}.json`)).orderNo);
  const [a = 0, b = 0, c, d] = orders;
  expect(a > 0 && a < Date.now() && b < 0 && -b < Date.now()).toBe(true);
  expect([c, d]).toEqual([null, 5]);
  expect(await unlockRequests(path)).toBe(0);
  await folder.remove();
});
