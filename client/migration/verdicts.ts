import * as vscode from 'vscode';
import { judge, settled, VERDICTS } from '../../simulator/index.ts';
import type { KnownActor } from '../actors.ts';
import type { ActorSession } from '../debugging/actor-session.ts';
import type { ActorSessions } from '../debugging/actor-sessions.ts';
import { inBackground } from '../background.ts';
import { tell } from '../notice.ts';
import { COMMANDS } from '../commands.ts';
import { VerdictDocuments } from './verdict-documents.ts';
import type { JudgedRun } from './judged-run.ts';
import { noticeOf } from './verdict-notice.ts';

/** Many events come at once: they are judged together. Milliseconds. */
const PATIENCE_MS = 200;
/** A long recording takes long to judge: at the most so much of the extension host's time goes into it. */
const SHARE = 0.05;
/** Verdicts of runs that have ended, kept for who looks at them later. */
const KEPT = 20;

/** Judges the runs while they go on, tells the person once it is clear, and again when it gets worse. */
export class Verdicts {
  readonly #actors: () => Promise<readonly KnownActor[]>;
  readonly #documents: VerdictDocuments;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changes.event;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** By the run's id, the newest last. */
  readonly #judged = new Map<string, JudgedRun>();
  readonly #waiting = new Map<ActorSession, NodeJS.Timeout>();
  #patienceMs = PATIENCE_MS;
  /** What the person was told last, by the run's id. */
  readonly #told = new Map<string, { readonly badness: number; readonly migrations: number }>();

  constructor(sessions: ActorSessions, actors: () => Promise<readonly KnownActor[]>) {
    this.#actors = actors;
    this.#documents = new VerdictDocuments((id) => this.#judged.get(id));
    this.#subscriptions = [this.#changes, this.#documents, sessions.onDidChange((session) => this.#soon(session))];
  }

  /** The folders of the Actors that have one. */
  folders(): readonly string[] {
    return [...new Set([...this.#judged.values()].map(({ folder }) => folder))];
  }

  /** @param root the URI of the Actor's folder whose verdict is asked for; else the last one */
  async show(how: 'page' | 'text', root?: unknown): Promise<void> {
    const folder = typeof root === 'string' ? vscode.Uri.parse(root).fsPath : undefined;
    await Promise.all([...this.#waiting.keys()].map(async (session) => await this.#judge(session)));
    const run = [...this.#judged.values()].findLast((each) => folder === undefined || each.folder === folder);
    if (run !== undefined) {
      await (how === 'page' ? this.#documents.show(run) : this.#documents.showText(run));
      return;
    }
    tell('information', 'There is no verdict yet: it comes after a simulated migration.', {
      'Simulate Migration': () => vscode.commands.executeCommand(COMMANDS.simulateMigration, root),
    });
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #soon(session: ActorSession): void {
    const isLast = session.state.state === 'ended';
    if (this.#waiting.has(session) && !isLast) return;
    clearTimeout(this.#waiting.get(session));
    const timer = setTimeout(() => inBackground(this.#judge(session)), isLast ? PATIENCE_MS : this.#patienceMs);
    this.#waiting.set(session, timer);
  }

  async #judge(session: ActorSession): Promise<void> {
    clearTimeout(this.#waiting.get(session));
    this.#waiting.delete(session);
    const { recording } = session;
    if (!session.wasMigrated || recording === undefined) return;
    const id = recording.runId;
    const known = this.#judged.get(id)?.actor ?? (await this.#actorOf(session));
    const final = session.state.state === 'ended';
    const begin = performance.now();
    const run: JudgedRun = {
      id,
      name: session.name,
      folder: session.configuration.cwd,
      verdict: judge(recording),
      recording,
      final,
      actor: known,
    };
    this.#judged.delete(id);
    this.#judged.set(id, run);
    for (const oldest of [...this.#judged.keys()].slice(0, -KEPT)) this.#judged.delete(oldest);
    this.#documents.changed(run);
    this.#changes.fire();
    if (final || settled(recording)) this.#tell(run);
    this.#patienceMs = Math.max(PATIENCE_MS, (performance.now() - begin) / SHARE);
  }

  async #actorOf(session: ActorSession): Promise<KnownActor | undefined> {
    const actors = await this.#actors();
    return actors.find(({ root }) => vscode.Uri.parse(root).fsPath === session.configuration.cwd);
  }

  /** Once for each migration, and again when what is known got worse. */
  #tell(run: JudgedRun): void {
    const migrations = run.verdict.migrations.length;
    const badness = VERDICTS.length - VERDICTS.indexOf(run.verdict.word);
    const told = this.#told.get(run.id);
    if (told !== undefined && told.migrations >= migrations && told.badness >= badness) return;
    this.#told.set(run.id, { badness, migrations });
    const { text, severity, place } = noticeOf(run);
    const open = async (): Promise<void> => await this.#documents.show(this.#judged.get(run.id) ?? run);
    const goTo = place && {
      [place.title]: () => vscode.window.showTextDocument(place.uri, { selection: place.range }),
    };
    tell(severity, text, { 'Show Verdict': open, ...goTo });
  }
}
