import { firstFreeBit, foreign, kindOf, reserved } from '../rules/kinds.ts'

/** The tables with which the module classifies sixteen bytes at a time (assembly/bytes.ts). */
interface ClassTables {
  /**
   * A byte's classes are lowNibbles[byte & 15] & highNibbles[byte >> 4]; one bit, or none if no rule allows it.
   */
  readonly lowNibbles: Uint8Array
  readonly highNibbles: Uint8Array
  /** The kinds of the bytes in each set of classes. */
  readonly kindsOfClasses: Uint8Array
  /** The classes whose bytes percent-encoding keeps. */
  readonly unreserved: number
}

const classesMax = 8
/** The kinds of an ASCII byte that is in no set except ASCII itself; it needs no class. */
const nowhere = (firstFreeBit - 1) & ~foreign

/**
 * Computes classes for the sets in rules/kinds.ts: the bytes of one kind in rows of an ASCII table that have
 * them at the same positions, such as the letters of 4x and 6x.
 * @throws Error if the sets need more than eight
 */
export function classTables(): ClassTables {
  const lowNibbles = new Uint8Array(16)
  const highNibbles = new Uint8Array(16)
  const kinds: number[] = []
  const classes = new Map<string, number>()
  for (let row = 0; row < 8; row++) {
    const columnsOfKind = new Map<number, number[]>()
    for (let column = 0; column < 16; column++) {
      const kind = kindOf[16 * row + column]!
      if (kind !== nowhere) columnsOfKind.set(kind, [...(columnsOfKind.get(kind) ?? []), column])
    }
    for (const [kind, columns] of columnsOfKind) {
      const name = `${kind} ${columns}`
      const place = classes.get(name) ?? kinds.push(kind) - 1
      if (place === classesMax)
        throw new Error('the characters in rules/kinds.ts take more than eight classes')
      classes.set(name, place)
      highNibbles[row]! |= 1 << place
      for (const column of columns) lowNibbles[column]! |= 1 << place
    }
  }
  const ofClasses = (set: number) =>
    kinds.reduce((bits, kind, place) => ((set & (1 << place)) !== 0 ? bits | kind : bits), 0)
  return {
    lowNibbles,
    highNibbles,
    kindsOfClasses: Uint8Array.from({ length: 256 }, (_, set) => ofClasses(set)),
    unreserved: kinds.reduce((set, kind, place) => ((kind & reserved) === 0 ? set | (1 << place) : set), 0),
  }
}

/** Marks of the scan for the end of a value and for an escape; kinds leave these two bits free. */
const ends = 0x40
const escaped = 0x80

/** Returns the kinds of each byte, with the scan's marks for '&', '%' and '+'. */
export function noteOfBytes(): Uint8Array {
  const note = Uint8Array.from(kindOf)
  note[0x26] = ends
  note[0x25] = escaped
  note[0x2b] = escaped
  return note
}
