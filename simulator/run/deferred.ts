/** A promise that is settled from outside; later calls do not count. (`Promise.withResolvers` comes with Node 22.) */
export class Deferred<Value> {
  readonly promise: Promise<Value>;
  resolve: (value: Value) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }
}
