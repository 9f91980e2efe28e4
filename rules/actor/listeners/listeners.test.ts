import { describe, expect, it } from 'vitest';

import { actorOf } from '../actor-fixture.ts';
import type { FixtureSdk } from '../actor-fixture.ts';

/** What listens in a program: each event, with the names or first lines of the functions. */
function heard(text: string, sdk?: FixtureSdk): readonly string[] {
  return actorOf({ 'main.js': text }, sdk).persistence.listeners.map(({ event, functions }) => {
    const names = functions.map((fn) => /\/\*(\w+)\*\//u.exec(fn.getText())?.[1] ?? fn.getText());
    return `${event ?? 'any'}: ${names.join(', ')}`;
  });
}

const START = "import { Actor } from 'apify';\nawait Actor.init();\nconst save = async () => { /*save*/ };\n";

describe('the events of a listener', () => {
  it.each([
    ['text', "Actor.on('migrating', save);", ['migrating: save']],
    ['constant', "const EVENT = 'persistState';\nActor.on(EVENT, save);", ['persistState: save']],
    [
      'loop',
      "for (const event of ['migrating', 'aborting']) Actor.on(event, save);",
      ['migrating: save', 'aborting: save'],
    ],
    [
      'named list',
      "const EVENTS = ['migrating', 'exit'];\nfor (const event of EVENTS) { Actor.on(event, save); }",
      ['migrating: save', 'exit: save'],
    ],
    [
      'forEach',
      "['migrating', 'aborting'].forEach((event) => Actor.on(event, save));",
      ['migrating: save', 'aborting: save'],
    ],
    ['choice', "Actor.on(process.env.SOFT ? 'aborting' : 'migrating', save);", ['aborting: save', 'migrating: save']],
    [
      'spread list',
      "const SOME = ['migrating'];\nfor (const event of [...SOME, 'exit']) Actor.on(event, save);",
      ['migrating: save', 'exit: save'],
    ],
    ['run time', 'Actor.on(process.env.EVENT, save);', ['any: save']],
    [
      'grown list',
      "const EVENTS = ['aborting'];\nEVENTS.push(process.env.EVENT);\nfor (const event of EVENTS) Actor.on(event, save);",
      ['aborting: save', 'any: save'],
    ],
    [
      'enumeration',
      "import { EventType } from 'crawlee';\nActor.on(EventType.PERSIST_STATE, save);",
      ['persistState: save'],
    ],
    [
      'enumeration elsewhere',
      "import { ACTOR_EVENT_NAMES } from '@apify/consts';\nActor.on(ACTOR_EVENT_NAMES.PERSIST_STATE, save);",
      ['persistState: save'],
    ],
  ])('are those that the code may name: %s', (_, text, expected) => {
    expect(heard(START + text)).toEqual(expected);
  });
});

describe('a function that registers what it is given', () => {
  it.each([
    ['by name', 'const on = (event, fn) => Actor.on(event, fn);\n'],
    ['as a whole', 'const on = (...given) => Actor.on(...given);\n'],
    [
      'in options',
      'const listen = ({ event, run }) => Actor.on(event, run);\nconst on = (event, run) => listen({ event, run });\n',
    ],
    ['wrapped', 'const once = (fn) => () => fn();\nconst on = (event, fn) => Actor.on(event, once(fn));\n'],
  ])('has a listener for each of its calls: %s', (how, on) => {
    const found = heard(`${START}${on}const end = () => { /*end*/ };\non('migrating', save);\non('aborting', end);`);
    const expected = how === 'wrapped' ? ['() => fn()', '() => fn()'] : ['save', 'end'];
    expect(found).toEqual([`migrating: ${expected[0]}`, `aborting: ${expected[1]}`]);
  });

  it('is told from one whose listener uses what it is given', () => {
    const on = "const listen = (state) => Actor.on('migrating', () => { /*own*/ use(state); });\n";
    expect(heard(`${START}${on}listen(1);\nlisten(2);`)).toEqual(['migrating: own']);
  });
});

describe('the functions of a listener', () => {
  it.each([
    ['inline', "Actor.on('migrating', () => { /*inline*/ });", ['migrating: inline']],
    ['bound', "Actor.on('migrating', save.bind(null, 1));", ['migrating: save']],
    [
      'method',
      "const store = { async save() { /*method*/ } };\nActor.on('migrating', store.save);",
      ['migrating: method'],
    ],
    [
      'from a factory',
      "const make = () => async () => { /*made*/ };\nActor.on('migrating', make());",
      ['migrating: made'],
    ],
    [
      'wrapped by a package',
      "import throttle from 'throttle';\nActor.on('migrating', throttle(save));",
      ['migrating: save'],
    ],
    [
      'one of two',
      "const other = () => { /*other*/ };\nActor.on('migrating', process.env.X ? save : other);",
      ['migrating: save, other'],
    ],
  ])('are known: %s', (_, text, expected) => {
    expect(heard(START + text)).toEqual(expected);
  });
});

it.each([
  [
    "import { Configuration } from 'crawlee';\nConfiguration.getEventManager().on('migrating', () => { /*fn*/ });",
    'apify 3',
  ],
  ["const Apify = require('apify');\nApify.events.once('migrating', () => { /*fn*/ });", 'apify 2'],
  [
    "const Apify = require('apify');\nconst { events } = Apify;\nevents.addListener('migrating', () => { /*fn*/ });",
    'apify 1',
  ],
] as const)('each way to register is known: %s', (text, sdk) => {
  expect(heard(text, sdk)).toEqual(['migrating: fn']);
});
