import { shown } from './recorder.mjs';

/** Functions of which only the calls are known. */
export function unknownFields(recorder, name, fields) {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      (...given) => recorder.slow(`${name}.${field}`, given, { body: '{"products":[],"total":3}' }),
    ]),
  );
}

/** A class of which only the calls are known. */
export function unknownClass(recorder, name) {
  return class {
    constructor(...given) {
      recorder.say(`new ${name}(${given.map((each) => shown(each)).join(', ')})`);
    }
    static useStorageClient(...given) {
      recorder.say(`${name}.useStorageClient(${given.map((each) => shown(each)).join(', ')})`);
    }
    static set(...given) {
      recorder.say(`${name}.set(${given.map((each) => shown(each)).join(', ')})`);
    }
    static getGlobalConfig() {
      return { set: (...given) => recorder.say(`config.set(${given.map((each) => shown(each)).join(', ')})`) };
    }
  };
}

/** Something of which only the calls are known. */
export function unknown(recorder, name) {
  const target = (...given) => recorder.slow(name, given, {});
  return new Proxy(target, {
    get: (_, field) => {
      if (typeof field === 'symbol' || field === 'then') return undefined;
      if (field in Function.prototype && field !== 'name') return Reflect.get(target, field);
      return unknown(recorder, `${name}.${field}`);
    },
    construct: (_, given) => {
      recorder.say(`new ${name}(${given.map((each) => shown(each)).join(', ')})`);
      return unknown(recorder, name);
    },
  });
}
