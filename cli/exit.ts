/** What a shell gets to see. `interrupted` is 128 + SIGINT, as shells have it. */
export const EXIT = { clean: 0, findings: 1, failed: 2, interrupted: 130 } as const;
