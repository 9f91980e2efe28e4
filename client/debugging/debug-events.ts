/** An event of the Debug Adapter Protocol, as far as it is read here. */
export interface DebugEvent {
  readonly name: string;
  readonly body: unknown;
}

/** The border: a message that a debug adapter sends, or `undefined` for one that is no event. */
export function readEvent(message: unknown): DebugEvent | undefined {
  if (field(message, 'type') !== 'event') return undefined;
  const name = field(message, 'event');
  return typeof name === 'string' ? { name, body: field(message, 'body') } : undefined;
}

/** Whether after this event its session holds no process any more. */
export function continues({ name, body }: DebugEvent): boolean {
  return name === 'continued' || name === 'terminated' || (name === 'thread' && field(body, 'reason') === 'exited');
}

/** What the program printed, where the event is that. */
export function printedBy({ name, body }: DebugEvent): string | undefined {
  if (name !== 'output') return undefined;
  const category = field(body, 'category');
  const text = field(body, 'output');
  const isPrinted = category === undefined || category === 'stdout' || category === 'stderr' || category === 'console';
  return isPrinted && typeof text === 'string' ? text : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
