import type { RunResource } from '../run-resource.ts';
import type { Services } from '../services.ts';
import { ApiError } from './api-error.ts';

/** Charges of a pay-per-event Actor: each idempotency key counts once, however often it is sent. */
export class Charges {
  readonly #services: Services & { readonly run: RunResource };
  readonly #byKey = new Map<string, Promise<void>>();

  constructor(services: Services & { readonly run: RunResource }) {
    this.#services = services;
  }

  /**
   * @param connection aborted when the client's connection closes
   * @throws {ApiError} for an Actor that is not paid per event, or an event that it does not have
   */
  async charge(connection: AbortSignal, key: string | undefined, event: string, count: number): Promise<void> {
    const known = key === undefined ? undefined : this.#byKey.get(key);
    if (known !== undefined) return known;
    const charging = this.#pass(connection, event, count);
    if (key !== undefined) {
      this.#byKey.set(key, charging);
      // It did not count: the client may send it again.
      charging.catch(() => this.#byKey.delete(key));
    }
    return charging;
  }

  async #pass(connection: AbortSignal, event: string, count: number): Promise<void> {
    const { writes, run } = this.#services;
    await writes.pass(connection, { type: 'charge', event, count }, async () => {
      const isChargeable = run.isChargeable(event);
      if (isChargeable === undefined) {
        throw new ApiError(
          400,
          'invalid-request',
          'The Actor is not paid per event: it has no .actor/pay_per_event.json.',
        );
      }
      if (!isChargeable) {
        throw new ApiError(
          400,
          'invalid-value',
          `The Actor has no event ${event}: name it in .actor/pay_per_event.json.`,
        );
      }
      run.charge(event, count);
    });
  }
}
