/** The command cannot be done as it was given; the message says what, where and what to do. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
