/** Tells the bench of each item that the platform has acknowledged, until it is killed for the last time. */
export const ACTOR = `
import { Actor } from 'apify';
await Actor.init();
const state = await Actor.useState('STATE', { n: 0, processes: 0 });
state.processes += 1;
do {
  state.n += 1;
  const item = process.pid + '-' + state.n;
  await Actor.pushData({ item });
  if (process.env.ACKNOWLEDGED) await fetch(process.env.ACKNOWLEDGED + item);
} while (state.processes <= Number(process.env.MIGRATIONS));
await Actor.exit();
`;
