import { InvalidArgumentError } from 'commander'

/** Reads an option's whole number from 1 to `max`. */
export const wholeUpTo = (max: number) => (text: string) => {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= max) return number
  throw new InvalidArgumentError(`Enter a whole number from 1 to ${max}.`)
}
