import type { ApifyClient } from 'apify-client';
import type { ExpectStatic } from 'vitest';

import type { RunningPlatform } from '../testing/running-platform.ts';

/** What a check works with: a platform of its own. */
export interface Asked {
  readonly client: ApifyClient;
  readonly local: RunningPlatform;
  readonly expect: ExpectStatic;
}

export type Check = (asked: Asked) => Promise<void>;

/** A public method of apify-client, and how the local platform answers it. */
export type Case =
  | {
      readonly kind: 'served';
      /** A plain call of the method, on the resource with the id. */
      readonly call: Call;
      /** What the client gives where there is no such resource; `never`: the method names none. */
      readonly missing: Missing;
      readonly works: Check;
      /** Errors, by what is wrong. */
      readonly errors: Readonly<Record<string, Check>>;
      /** The part of it that is refused by name. */
      readonly but: string | undefined;
    }
  | {
      readonly kind: 'refused';
      readonly call: Call;
      /** What the platform says was asked for. */
      readonly asked: string;
    }
  /** Gives another client and asks the API for nothing. */
  | { readonly kind: 'opens'; readonly open: (client: ApifyClient) => object; readonly opens: string };

type Call = (client: ApifyClient, id: string) => Promise<unknown>;
/** `hidden`: the client keeps the error to itself, and says that nothing was done. */
type Missing = 'error' | 'hidden' | 'undefined' | 'as-empty' | 'never';

/** The methods of one class of apify-client. */
export type Methods = Readonly<Record<string, Case>>;

export function served(
  call: Call,
  missing: Missing,
  works: Check,
  errors: Readonly<Record<string, Check>> = {},
  but?: string,
): Case {
  return { kind: 'served', call, missing, works, errors, but };
}

export function refused(asked: string, call: Call): Case {
  return { kind: 'refused', asked, call };
}

export function opens(name: string, open: (client: ApifyClient) => object): Case {
  return { kind: 'opens', opens: name, open };
}
