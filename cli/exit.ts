/** What a shell gets to see. */
export const EXIT = { clean: 0, findings: 1, failed: 2 } as const;
