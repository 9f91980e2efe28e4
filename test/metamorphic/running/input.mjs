/** What the input of every run holds. */
export const INPUT = {
  urls: ['https://a.test/1', 'https://a.test/2', 'https://a.test/3'],
  startUrls: [{ url: 'https://a.test/1' }, { url: 'https://a.test/2' }, { url: 'https://a.test/3' }],
  lists: ['https://a.test/l1'],
  details: ['https://a.test/d1'],
  queries: ['q', 'r'],
  people: ['a', 'b'],
  profiles: ['p', 'q'],
  places: ['here', 'there'],
  maxItems: 2,
  maxPages: 3,
};
