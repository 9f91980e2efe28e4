/**
 * Something the VS Code tests need cannot be had on this machine. The tests that need it are skipped,
 * and the message says by name what is missing and what would help.
 */
export class Unavailable extends Error {
  /** @override */
  name = 'Unavailable';
}
