/**
 * The platform's process: forked by a run, spoken to over IPC. It outlives whoever started it for as long as it takes to kill
 * everything that the run started.
 */
import { LocalPlatform } from '../local/local-platform.ts';
import { Platform, type Calls } from './platform.ts';
import type { PlatformAnswer, PlatformCall, PlatformOptions } from './protocol.ts';
import { reap } from './reaper.ts';
import { removeFolder } from './remove-folder.ts';

let options: PlatformOptions | undefined;
let platform: Calls | undefined;
let isLeaving = false;

if (process.send === undefined) {
  console.error('The local platform is started by a run of actor-state, not by hand.');
  process.exitCode = 2;
} else {
  process.on('message', (call: PlatformCall) => void answer(call));
  process.on('disconnect', () => leave(0));
  // Ctrl+C goes to all of the terminal: what is to be done, the run decides, and says.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => leave(0));
  process.on('SIGHUP', () => leave(0));
  process.on('uncaughtException', (error) => {
    console.error(error);
    leave(1);
  });
}

async function answer(message: PlatformCall): Promise<void> {
  try {
    const result = await carryOut(message);
    tell({ id: message.id, result });
  } catch (error) {
    tell({ id: message.id, error: error instanceof Error ? error.message : String(error) });
  }
  if (message.call === 'finish') process.disconnect?.();
}

async function carryOut(message: PlatformCall): Promise<unknown> {
  if (message.call === 'start') {
    options = message.argument;
    const served = options.fidelity === 'local' ? LocalPlatform : Platform;
    const started = await served.start(options, {
      event: (event) => tell({ event }),
      trouble: (sentence) => tell({ trouble: sentence }),
    });
    platform = started.platform;
    return started.answer;
  }
  if (platform === undefined) throw new Error(`The platform was not started: ${message.call} came first.`);
  switch (message.call) {
    case 'processStarts':
      return platform.processStarts(message.argument);
    case 'sendMigrating':
      return platform.sendMigrating(message.argument);
    case 'sendAborting':
      return platform.sendAborting();
    case 'refuseReboots':
      return platform.refuseReboots();
    case 'kill':
      return platform.kill(message.argument);
    case 'processEnded':
      return platform.processEnded(message.argument);
    case 'pause':
      return platform.pause();
    case 'resume':
      return platform.resume();
    case 'appendLog':
      return platform.appendLog(message.argument);
    case 'finish':
      return platform.finish();
  }
}

function tell(message: PlatformAnswer): void {
  // Where the run is gone, `disconnect` follows.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** At the end, or when nobody is there to ask: kills what the run started, removes its folder, and ends. */
function leave(code: number): void {
  if (isLeaving) return;
  isLeaving = true;
  cleanUp().then(
    () => process.exit(code),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}

async function cleanUp(): Promise<void> {
  if (options === undefined) return;
  const { runFolder } = options;
  // The ports are closed by the end of the process, whatever goes wrong here.
  await platform?.finish();
  await reap(runFolder);
  await removeFolder(runFolder);
}
