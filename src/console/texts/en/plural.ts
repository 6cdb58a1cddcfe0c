const rules = new Intl.PluralRules('en')

/** Returns the form of a word that English uses with a number: `1 row`, `2 rows`. */
export const plural = (count: number, one: string, other: string) =>
  rules.select(count) === 'one' ? one : other

export const devices = (count: number) => plural(count, 'device', 'devices')
export const rows = (count: number) => plural(count, 'row', 'rows')
