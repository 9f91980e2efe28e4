import { opens, refused, served, type Methods } from './case.ts';

export const userMethods: Methods = {
  get: served(
    async (client) => await client.user('me').get(),
    'never',
    async ({ client, local, expect }) => {
      const proxy = { password: local.environment['APIFY_PROXY_PASSWORD'], groups: [] };
      const me = await client.user('me').get();
      expect(me).toMatchObject({ id: local.environment['APIFY_USER_ID'], username: 'local', proxy });
      expect(await client.user(me.id ?? '').get()).toEqual(me);
    },
    {
      'another user': async ({ client, expect }) => {
        await expect(client.user('john').get()).resolves.toBeUndefined();
      },
    },
  ),
  monthlyUsage: refused('the account', async (client) => await client.user().monthlyUsage()),
  limits: refused('the account', async (client) => await client.user().limits()),
  updateLimits: refused('the account', async (client) => await client.user().updateLimits({ maxMonthlyUsageUsd: 1 })),
};

/** The methods of the client itself. */
export const clientMethods: Methods = {
  setStatusMessage: served(
    async (client) => await client.setStatusMessage('Working'),
    'never',
    async ({ client, local, expect }) => {
      await client.setStatusMessage('Working');
      expect(await client.run(local.runId).get()).toMatchObject({ statusMessage: 'Working' });
    },
  ),
  actors: opens('ActorCollectionClient', (client) => client.actors()),
  actor: opens('ActorClient', (client) => client.actor('x')),
  builds: opens('BuildCollectionClient', (client) => client.builds()),
  build: opens('BuildClient', (client) => client.build('x')),
  datasets: opens('DatasetCollectionClient', (client) => client.datasets()),
  dataset: opens('DatasetClient', (client) => client.dataset('x')),
  keyValueStores: opens('KeyValueStoreCollectionClient', (client) => client.keyValueStores()),
  keyValueStore: opens('KeyValueStoreClient', (client) => client.keyValueStore('x')),
  log: opens('LogClient', (client) => client.log('x')),
  requestQueues: opens('RequestQueueCollectionClient', (client) => client.requestQueues()),
  requestQueue: opens('RequestQueueClient', (client) => client.requestQueue('x')),
  runs: opens('RunCollectionClient', (client) => client.runs()),
  run: opens('RunClient', (client) => client.run('x')),
  tasks: opens('TaskCollectionClient', (client) => client.tasks()),
  task: opens('TaskClient', (client) => client.task('x')),
  schedules: opens('ScheduleCollectionClient', (client) => client.schedules()),
  schedule: opens('ScheduleClient', (client) => client.schedule('x')),
  user: opens('UserClient', (client) => client.user()),
  webhooks: opens('WebhookCollectionClient', (client) => client.webhooks()),
  webhook: opens('WebhookClient', (client) => client.webhook('x')),
  webhookDispatches: opens('WebhookDispatchCollectionClient', (client) => client.webhookDispatches()),
  webhookDispatch: opens('WebhookDispatchClient', (client) => client.webhookDispatch('x')),
  store: opens('StoreCollectionClient', (client) => client.store()),
};
