import * as vscode from 'vscode';
import type { KnownActor, Place } from '../actors.ts';
import { tell } from '../notice.ts';
import type { ActorSession } from '../debugging/actor-session.ts';

/** The events that come before a migration, the one that says so first. */
const EVENTS = ['migrating', 'persistState'];

/**
 * Does `work` with a breakpoint where the Actor's listener begins. The breakpoint is gone when the listener was reached, or
 * the work is done; one that the person has set there stays as it is.
 *
 * @param actor what the analysis knows; without a listener the person is told, and the work is done all the same
 */
export async function withListenerBreakpoint(
  session: ActorSession,
  actor: KnownActor | undefined,
  work: () => Promise<void>,
): Promise<void> {
  const places = listenerPlaces(actor);
  if (places.length === 0) {
    tell(
      'information',
      `${session.name} has no listener for \`migrating\` or \`persistState\` that could be found, so there is nowhere to stop. What the SDK saves by itself is saved.`,
    );
    await work();
    return;
  }
  const ours = places.map(locationOf).filter((place) => !hasBreakpoint(place));
  const breakpoints = ours.map((place) => new vscode.SourceBreakpoint(place));
  vscode.debug.addBreakpoints(breakpoints);
  const remove = (): void => vscode.debug.removeBreakpoints(breakpoints);
  const stopped = session.children.onEvent(({ name }) => {
    if (name === 'stopped') remove();
  });
  try {
    await bound(session, breakpoints);
    await work();
  } finally {
    stopped.dispose();
    remove();
  }
}

function listenerPlaces(actor: KnownActor | undefined): readonly Place[] {
  for (const wanted of EVENTS) {
    const places = (actor?.listeners ?? []).flatMap(({ event, body }) => (event === wanted && body ? [body] : []));
    if (places.length > 0) return places;
  }
  return [];
}

function locationOf({ uri, range: { start } }: Place): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(uri), new vscode.Position(start.line, start.character));
}

function hasBreakpoint({ uri, range }: vscode.Location): boolean {
  return vscode.debug.breakpoints.some(
    (breakpoint) =>
      breakpoint instanceof vscode.SourceBreakpoint &&
      breakpoint.enabled &&
      breakpoint.location.uri.toString() === uri.toString() &&
      breakpoint.location.range.start.line === range.start.line,
  );
}

/** Waits until the debugger has the breakpoints, for a second at the most: where they cannot be bound, the work goes on. */
async function bound({ children }: ActorSession, breakpoints: readonly vscode.Breakpoint[]): Promise<void> {
  const youngest = children.running.at(-1);
  if (youngest === undefined) return;
  const limit = Date.now() + 1000;
  for (const breakpoint of breakpoints) {
    while (Date.now() < limit && (await youngest.getDebugProtocolBreakpoint(breakpoint)) === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
