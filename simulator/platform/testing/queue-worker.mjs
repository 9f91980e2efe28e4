/**
 * A process that works on the default queue as a crawler does, with Crawlee's own queue: does what its parent tells it, and
 * answers with the unique key that it got, if any.
 *
 * @param baseUrl of the platform
 * @param lockSecs how long requests stay locked
 * @param queueClass the name of Crawlee's class
 */
import { ApifyClient } from 'apify-client';
import { Configuration, RequestQueue, RequestQueueV1 } from 'crawlee';

const [baseUrl, lockSecs, queueClass] = process.argv.slice(2);
const storageClient = new ApifyClient({ baseUrl, token: 'test', maxRetries: 0 });
const queue = await { RequestQueue, RequestQueueV1 }[queueClass].open('default', { storageClient });
queue.requestLockSecs = Number(lockSecs);
const fetched = new Map();

function fail(error) {
  console.error(error);
  process.exit(1);
}

const does = {
  add: async ({ names, forefront }) => {
    await queue.addRequests(
      names.map((name) => ({ url: `http://example.com/${name}`, uniqueKey: name })),
      { forefront },
    );
  },
  fetch: async () => {
    const request = await queue.fetchNextRequest();
    if (request !== null) fetched.set(request.uniqueKey, request);
    return request?.uniqueKey;
  },
  handle: async ({ name }) => {
    await queue.markRequestHandled(fetched.get(name));
  },
  reclaim: async ({ name, forefront }) => {
    await queue.reclaimRequest(fetched.get(name), { forefront });
  },
  isFinished: async () => await queue.isFinished(),
  migrating: async () => {
    Configuration.getEventManager().emit('migrating');
  },
};

process.on('message', ({ call, ...argument }) => {
  does[call](argument).then((answer) => process.send({ answer }), fail);
});
process.on('disconnect', () => process.exit());
process.send({ answer: 'ready' });
