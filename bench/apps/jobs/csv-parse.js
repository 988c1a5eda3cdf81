import { parse } from 'csv-parse/sync';

export function rows(data) {
  const bytes = Buffer.from(data.list(60, () =>
    `${data.integer(1e6)},"${data.text(20)}",${data.word()},${data.random()}`).join('\n'));
  return () => parse(bytes);
}
