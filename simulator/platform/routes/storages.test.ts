import { expect, test } from 'vitest';

import { isPublicRead } from './storages.ts';

test.each([
  ['GET', '/secret/v2/key-value-stores/default/records/S', true],
  ['HEAD', '/v2/key-value-stores/default/records/S', true],
  ['GET', '/v2/key-value-stores/default/keys', true],
  ['GET', '/v2/datasets/me~own/items', true],
  ['PUT', '/v2/key-value-stores/default/records/S', false],
  ['POST', '/v2/datasets/default/items', false],
  ['GET', '/v2/key-value-stores/default', false],
  ['GET', '/v2/request-queues/default/requests', false],
  ['GET', '/v2/users/me', false],
])('%s %s without a token is served: %s', (method, path, isServed) => {
  expect(isPublicRead({ method, path })).toBe(isServed);
});
