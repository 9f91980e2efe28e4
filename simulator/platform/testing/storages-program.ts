/** The storages in a process of their own, in the folder that is the first argument; tells its parent where. */
import { startTestPlatform } from './test-platform.ts';

const platform = await startTestPlatform({ storageFolder: process.argv[2] ?? '' });
process.send?.(platform.url);
process.on('disconnect', () => process.exit());
