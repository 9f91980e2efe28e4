import { ActorSourceType, type ActorVersion } from 'apify-client';

import { opens, refused, type Methods } from './case.ts';

const ACTORS = 'Actors';
const BUILDS_OF_ACTOR = 'builds and versions of an Actor';
const BUILDS = 'builds of Actors';
const RUN_OF_ACTOR = 'a run of an Actor';
const TASKS = 'Actor tasks';
const SCHEDULES = 'schedules';
const WEBHOOKS = 'webhooks';
const SOURCES: ActorVersion = { sourceType: ActorSourceType.SourceFiles, sourceFiles: [] };
const WEBHOOK = { isAdHoc: true, requestUrl: 'http://example.com' };

const actor: Methods = {
  get: refused(ACTORS, async (client) => await client.actor('a/b').get()),
  update: refused(ACTORS, async (client) => await client.actor('a/b').update({ title: 'T' })),
  delete: refused(ACTORS, async (client) => await client.actor('a/b').delete()),
  start: refused(RUN_OF_ACTOR, async (client) => await client.actor('a/b').start({ a: 1 })),
  call: refused(RUN_OF_ACTOR, async (client) => await client.actor('a/b').call({ a: 1 })),
  validateInput: refused(ACTORS, async (client) => await client.actor('a/b').validateInput({ a: 1 })),
  build: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').build('0.1')),
  defaultBuild: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').defaultBuild()),
  lastRun: opens('RunClient', (client) => client.actor('a/b').lastRun()),
  builds: opens('BuildCollectionClient', (client) => client.actor('a/b').builds()),
  runs: opens('RunCollectionClient', (client) => client.actor('a/b').runs()),
  version: opens('ActorVersionClient', (client) => client.actor('a/b').version('0.1')),
  versions: opens('ActorVersionCollectionClient', (client) => client.actor('a/b').versions()),
  webhooks: opens('WebhookCollectionClient', (client) => client.actor('a/b').webhooks()),
};

const version: Methods = {
  get: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').version('0.1').get()),
  update: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').version('0.1').update(SOURCES)),
  delete: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').version('0.1').delete()),
  envVar: opens('ActorEnvVarClient', (client) => client.actor('a/b').version('0.1').envVar('X')),
  envVars: opens('ActorEnvVarCollectionClient', (client) => client.actor('a/b').version('0.1').envVars()),
};

const task: Methods = {
  get: refused(TASKS, async (client) => await client.task('t').get()),
  update: refused(TASKS, async (client) => await client.task('t').update({ name: 'n' })),
  publish: refused(TASKS, async (client) => await client.task('t').publish()),
  unpublish: refused(TASKS, async (client) => await client.task('t').unpublish()),
  delete: refused(TASKS, async (client) => await client.task('t').delete()),
  start: refused(TASKS, async (client) => await client.task('t').start()),
  call: refused(TASKS, async (client) => await client.task('t').call()),
  getInput: refused(TASKS, async (client) => await client.task('t').getInput()),
  updateInput: refused(TASKS, async (client) => await client.task('t').updateInput({})),
  lastRun: opens('RunClient', (client) => client.task('t').lastRun()),
  runs: opens('RunCollectionClient', (client) => client.task('t').runs()),
  webhooks: opens('WebhookCollectionClient', (client) => client.task('t').webhooks()),
};

const build: Methods = {
  get: refused(BUILDS, async (client) => await client.build('b').get()),
  abort: refused(BUILDS, async (client) => await client.build('b').abort()),
  delete: refused(BUILDS, async (client) => await client.build('b').delete()),
  getOpenApiDefinition: refused(BUILDS, async (client) => await client.build('b').getOpenApiDefinition()),
  waitForFinish: refused(BUILDS, async (client) => await client.build('b').waitForFinish({ waitSecs: 1 })),
  log: opens('LogClient', (client) => client.build('b').log()),
};

const schedule: Methods = {
  get: refused(SCHEDULES, async (client) => await client.schedule('s').get()),
  update: refused(SCHEDULES, async (client) => await client.schedule('s').update({ name: 'n' })),
  delete: refused(SCHEDULES, async (client) => await client.schedule('s').delete()),
  getLog: refused(SCHEDULES, async (client) => await client.schedule('s').getLog()),
};

const webhook: Methods = {
  get: refused(WEBHOOKS, async (client) => await client.webhook('w').get()),
  update: refused(WEBHOOKS, async (client) => await client.webhook('w').update({ isAdHoc: true })),
  delete: refused(WEBHOOKS, async (client) => await client.webhook('w').delete()),
  test: refused(WEBHOOKS, async (client) => await client.webhook('w').test()),
  dispatches: opens('WebhookDispatchCollectionClient', (client) => client.webhook('w').dispatches()),
};

/** The classes of what a run is not: other Actors, their builds, and the account's other things. */
export const otherClasses: Readonly<Record<string, Methods>> = {
  ActorClient: actor,
  ActorCollectionClient: {
    list: refused(ACTORS, async (client) => await client.actors().list()),
    create: refused(ACTORS, async (client) => await client.actors().create({ name: 'my-actor' })),
  },
  ActorVersionClient: version,
  ActorVersionCollectionClient: {
    list: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').versions().list()),
    create: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').versions().create(SOURCES)),
  },
  ActorEnvVarClient: {
    get: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').version('0.1').envVar('X').get()),
    update: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').version('0.1').envVar('X').update({})),
    delete: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').version('0.1').envVar('X').delete()),
  },
  ActorEnvVarCollectionClient: {
    list: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').version('0.1').envVars().list()),
    create: refused(BUILDS_OF_ACTOR, async (client) => await client.actor('a/b').version('0.1').envVars().create({})),
  },
  BuildClient: build,
  BuildCollectionClient: { list: refused(BUILDS, async (client) => await client.builds().list()) },
  TaskClient: task,
  TaskCollectionClient: {
    list: refused(TASKS, async (client) => await client.tasks().list()),
    create: refused(TASKS, async (client) => await client.tasks().create({ actId: 'a' })),
  },
  ScheduleClient: schedule,
  ScheduleCollectionClient: {
    list: refused(SCHEDULES, async (client) => await client.schedules().list()),
    create: refused(SCHEDULES, async (client) => await client.schedules().create({ name: 'n' })),
  },
  WebhookClient: webhook,
  WebhookCollectionClient: {
    list: refused(WEBHOOKS, async (client) => await client.webhooks().list()),
    create: refused(WEBHOOKS, async (client) => await client.webhooks().create(WEBHOOK)),
  },
  WebhookDispatchClient: { get: refused(WEBHOOKS, async (client) => await client.webhookDispatch('d').get()) },
  WebhookDispatchCollectionClient: {
    list: refused(WEBHOOKS, async (client) => await client.webhookDispatches().list()),
  },
  StoreCollectionClient: { list: refused('Apify Store', async (client) => await client.store().list()) },
};
