/**
 * A face that can be killed: starts the Actor whose folder is its argument, and prints each event as a line of JSON. Run
 * with `node --import tsx`.
 */
import { migrateActor } from './migrate-actor.ts';

const [folder = '.'] = process.argv.slice(2);
await migrateActor({
  folder,
  at: [],
  act: async (run) => {
    console.log(JSON.stringify({ runId: run.id }));
    await run.ended;
  },
});
