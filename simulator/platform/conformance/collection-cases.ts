import type { ApifyClient } from 'apify-client';

import { served, type Methods } from './case.ts';

/** What the clients of the three kinds of collections have in common. */
interface Collection {
  list(options?: {
    readonly limit?: number;
    readonly offset?: number;
    readonly desc?: boolean;
    readonly unnamed?: boolean;
  }): Promise<{
    readonly total: number;
    readonly count: number;
    readonly items: readonly { readonly id: string; readonly name?: string }[];
  }>;
  getOrCreate(name?: string): Promise<{ readonly id: string; readonly name?: string }>;
}

/** @param of the client of the kind of storages */
export function collectionMethods(of: (client: ApifyClient) => Collection): Methods {
  return {
    list: served(
      async (client) => await of(client).list(),
      'never',
      async ({ client, expect }) => {
        for (const name of ['one', 'two', 'three']) await of(client).getOrCreate(name);
        const all = await of(client).list();
        expect(all).toMatchObject({ total: 3, count: 3 });
        expect(new Set(all.items.map(({ name }) => name))).toEqual(new Set(['one', 'two', 'three']));
        const last = await of(client).list({ desc: true, limit: 1, offset: 2 });
        expect(last).toMatchObject({ total: 3, count: 1, offset: 2, limit: 1, desc: true });
        const unnamed = await of(client).list({ unnamed: true });
        expect(unnamed.items.map(({ id }) => id)).toContain('default');
      },
    ),
    getOrCreate: served(
      async (client) => await of(client).getOrCreate('my-storage'),
      'never',
      async ({ client, expect }) => {
        const made = await of(client).getOrCreate('my-storage');
        expect(made).toMatchObject({ id: expect.stringMatching(/^\w{17}$/), name: 'my-storage' });
        expect(await of(client).getOrCreate('my-storage')).toMatchObject({ id: made.id });
        const unnamed = await of(client).getOrCreate();
        expect(unnamed.name).toBeUndefined();
        expect((await of(client).getOrCreate()).id).not.toBe(unnamed.id);
      },
      {
        'a name that is none': async ({ client, expect }) => {
          for (const name of ['under_score', '-a', 'a'.repeat(64), 'john/store']) {
            const making = of(client).getOrCreate(name);
            await expect(making, name).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
          }
        },
      },
    ),
  };
}
