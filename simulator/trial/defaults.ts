/**
 * How an Actor is migrated unless it is told. The third write: after the first one, an Actor that begins again and one that
 * does the piece of work again that was under way at its last save look alike. How long it has, `GRACE_SECONDS` says.
 */
export const DEFAULTS = { at: ['write:3'], latencyMs: 100 } as const;
