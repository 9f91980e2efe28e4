import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Recording } from '../../recording.ts';
import { actorFolder, type ActorFiles } from '../../testing/actor-folder.ts';
import { isOldSdk } from '../../testing/installed-sdk.ts';
import { migrateActor, type Migration } from '../../testing/migrate-actor.ts';
import { judge } from '../judge.ts';
import { settled } from '../settled.ts';
import { type Verdict, VERDICTS } from '../verdict.ts';

/**
 * `work` pushes an item; with the fourth of the first process it asks for the migration by `GO`, and does no more, as with the
 * eighth of the second, and so on: however busy the machine is, the kill finds the Actor there. `workOn` asks, and goes on.
 */
const work = (sdk: 'Actor' | 'Apify', migrations: number): string => `
appendFileSync(process.env.STARTS, '.');
const starts = readFileSync(process.env.STARTS).length;
const isLast = starts > ${migrations};
async function workOn(page) {
  await ${sdk}.pushData({ page });
  if (isLast || page !== 4 * starts) return await delay(20);
  if (starts === 1) await ${sdk}.setValue('GO', { page });
}
async function work(page) {
  await workOn(page);
  if (!isLast && page === 4 * starts) await delay(60_000);
}
`;

/** The whole Actor around a test's code, as the generation of the SDK wants it. */
function mainOf(code: string, migrations: number, sdk: ActorFiles['sdk']): string {
  if (isOldSdk(sdk))
    return `
const Apify = require('apify');
const { appendFileSync, readFileSync } = require('node:fs');
const { setTimeout: delay } = require('node:timers/promises');
${work('Apify', migrations)}
Apify.main(async () => {
${code}
});
`;
  return `
import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
await Actor.init();
${work('Actor', migrations)}
${code}
await Actor.exit();
`;
}

/** Migrates the Actor when `work` asks for it. */
export const AT_THE_FOURTH = { at: ['key:GO'] } as const;

export type Judged = Verdict & { readonly output: string; readonly recording: Recording };

/** Runs the Actor on the real SDK, migrates it, and judges the recording: all of it, and each beginning of it. */
export async function judgedActor(
  code: string,
  options: Partial<Migration> = AT_THE_FOURTH,
  folderOptions: Partial<ActorFiles> = {},
): Promise<Judged> {
  const migrations = options.at?.length ?? 1;
  const files = { 'src/main.js': mainOf(code, migrations, folderOptions.sdk), ...folderOptions.files };
  const folder = await actorFolder({ ...folderOptions, files });
  // Outside of the Actor's folder: what is written there and read again is lost by a migration, and told.
  const starts = `${folder.path}.starts`;
  try {
    const { recording, output } = await migrateActor({
      ...options,
      folder: folder.path,
      environment: { STARTS: starts },
    });
    expectNoBetterVerdictLater(recording);
    return { ...judge(recording), recording, output };
  } finally {
    await Promise.all([folder.remove(), rm(starts, { force: true })]);
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
