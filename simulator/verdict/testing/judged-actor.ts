import { expect } from 'vitest';
import type { Recording } from '../../recording.ts';
import { actorFolder, type ActorFiles } from '../../testing/actor-folder.ts';
import { isOldSdk } from '../../testing/installed-sdk.ts';
import { migrateActor, type Migration } from '../../testing/migrate-actor.ts';
import { judge } from '../judge.ts';
import { settled } from '../settled.ts';
import { type Verdict, VERDICTS } from '../verdict.ts';

/** Pushes an item; with the fourth it asks for the migration, and leaves it time to come, also on a busy machine. */
const work = (sdk: 'Actor' | 'Apify'): string => `
async function work(page) {
  await ${sdk}.pushData({ page });
  if (page === 4) await ${sdk}.setValue('GO', { page });
  await delay(page === 4 ? 400 : 20);
}
`;

/** The whole Actor around a test's code, as the generation of the SDK wants it. */
function mainOf(code: string, sdk: ActorFiles['sdk']): string {
  if (isOldSdk(sdk))
    return `
const Apify = require('apify');
const { setTimeout: delay } = require('node:timers/promises');
${work('Apify')}
Apify.main(async () => {
${code}
});
`;
  return `
import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { setTimeout as delay } from 'node:timers/promises';
await Actor.init();
${work('Actor')}
${code}
await Actor.exit();
`;
}

/** In which the Actor's fourth item is the moment of the migration. */
export const AT_THE_FOURTH = { at: ['key:GO'] } as const;

export type Judged = Verdict & { readonly output: string; readonly recording: Recording };

/** Runs the Actor on the real SDK, migrates it, and judges the recording: all of it, and each beginning of it. */
export async function judgedActor(
  code: string,
  options: Partial<Migration> = AT_THE_FOURTH,
  folderOptions: Partial<ActorFiles> = {},
): Promise<Judged> {
  const files = { 'src/main.js': mainOf(code, folderOptions.sdk), ...folderOptions.files };
  const folder = await actorFolder({ ...folderOptions, files });
  try {
    const { recording, output } = await migrateActor({ ...options, folder: folder.path });
    expectNoBetterVerdictLater(recording);
    return { ...judge(recording), recording, output };
  } finally {
    await folder.remove();
  }
}

function expectNoBetterVerdictLater(recording: Recording): void {
  let worst: number = VERDICTS.length;
  for (let length = 1; length <= recording.events.length; length += 1) {
    const known = { ...recording, events: recording.events.slice(0, length) };
    if (worst === VERDICTS.length && !settled(known)) continue;
    const rank = VERDICTS.indexOf(judge(known).word);
    expect(rank).toBeLessThanOrEqual(worst);
    worst = rank;
  }
}
