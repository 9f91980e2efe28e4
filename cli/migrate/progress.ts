import { isAnnounced, type Killed, type RecordedEvent, type WindowEnd, wordsOf } from '../../simulator/index.ts';
import { painter, type Paint } from '../format/paint.ts';
import { wantsColour, type Terminal } from '../terminal.ts';

const ENDED_BY: Readonly<Record<WindowEnd, string>> = {
  reboot: 'it asked to be started anew',
  deadline: 'its time was up',
  user: 'the time was cut short',
  exit: 'it ended by itself',
  cancelled: 'the migration was called off',
  aborted: 'the run was stopped',
};

/** Tells on the error stream, between what the Actor itself prints, how far the migration is. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #paint: Paint;
  #windowOpenedAt = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#paint = painter(wantsColour(terminal.stderr, terminal.env));
  }

  event(event: RecordedEvent): void {
    switch (event.kind) {
      case 'process-started':
        this.say(event.process === 1 ? 'starting the Actor' : `starting process ${event.process}`);
        break;
      case 'window-opened':
        this.#windowOpenedAt = event.at;
        this.say(`process ${event.process} is told of its ${wordsOf(event.by).noun} and has ${event.graceMs / 1000} s`);
        break;
      case 'window-closed':
        this.say(`${ENDED_BY[event.endedBy]} after ${((event.at - this.#windowOpenedAt) / 1000).toFixed(1)} s`);
        break;
      case 'killed':
        if (event.why !== 'leftovers') this.say(`process ${event.process} is killed${whyKilled(event)}`);
        break;
      case 'no-listener':
        this.say(`the ${wordsOf(event.by).noun} does not come: process ${event.process} no longer listens for events`);
        break;
      case 'refused':
        this.say(event.sentence);
        break;
      default:
        break;
    }
  }

  /** Tells something else, in the same manner. */
  say(sentence: string): void {
    this.#terminal.stderr.write(`${this.#paint('dim', `── ${sentence} ──`)}\n`);
  }
}

/** Of what it has not been told of before. */
function whyKilled({ why }: Killed): string {
  return why === 'stop' || why === 'leftovers' || isAnnounced(why) ? '' : `: ${wordsOf(why).noun}`;
}
