/** What the server says it is doing. It crosses a process: read it with `readStatus`. */
export interface ServerStatus {
  readonly state: 'idle' | 'analysing' | 'ready' | 'off' | 'error';
  readonly reason: string;
  readonly notices: readonly { readonly file: string; readonly reason: string }[];
}

/** What the client itself knows about the server. */
export type Status =
  | ServerStatus
  | { readonly state: 'starting' }
  | { readonly state: 'stopped' }
  | { readonly state: 'crashed'; readonly reason: string };

/** What the person sees beside the language's name. */
export interface StatusView {
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  readonly busy: boolean;
  readonly action: 'show-output' | 'restart';
}

const STATES: ReadonlySet<string> = new Set<ServerStatus['state']>(['idle', 'analysing', 'ready', 'off', 'error']);

/** The border: a notification of the server, or `undefined` for what is none. */
export function readStatus(value: unknown): ServerStatus | undefined {
  if (typeof value !== 'object' || value === null || !('state' in value) || !('reason' in value)) return undefined;
  const { state, reason } = value;
  if (!isState(state) || typeof reason !== 'string') return undefined;
  const notices: readonly unknown[] = 'notices' in value && Array.isArray(value.notices) ? value.notices : [];
  return { state, reason, notices: notices.filter(isNotice) };
}

/** How a state looks. */
export function viewOf(status: Status): StatusView {
  const calm = { severity: 'information', busy: false, action: 'show-output' } as const;
  switch (status.state) {
    case 'starting':
      return { ...calm, text: 'Actor State', detail: 'Starting', busy: true };
    case 'analysing':
      return { ...calm, text: 'Actor State', detail: status.reason, busy: true };
    case 'idle':
    case 'off':
      return { ...calm, text: 'Actor State: idle', detail: status.reason };
    case 'ready':
      return { ...calm, text: 'Actor State', detail: withNotices(status) };
    case 'stopped':
      return { ...calm, text: 'Actor State: stopped', detail: 'The server is not running', action: 'restart' };
    case 'error':
      return { ...calm, text: 'Actor State: error', detail: status.reason, severity: 'error' };
    case 'crashed':
      break;
  }
  return { ...calm, text: 'Actor State: crashed', detail: status.reason, severity: 'error', action: 'restart' };
}

/** What was skipped must be said, or a clean file would look like one that was looked at. */
function withNotices({ reason, notices }: ServerStatus): string {
  const [first] = notices;
  if (!first) return reason;
  const more = notices.length === 1 ? '' : ` and ${notices.length - 1} more`;
  return `${reason}; skipped ${first.file} (${first.reason})${more}`;
}

function isState(value: unknown): value is ServerStatus['state'] {
  return typeof value === 'string' && STATES.has(value);
}

function isNotice(value: unknown): value is ServerStatus['notices'][number] {
  return (
    typeof value === 'object' &&
    value !== null &&
    'file' in value &&
    typeof value.file === 'string' &&
    'reason' in value &&
    typeof value.reason === 'string'
  );
}
