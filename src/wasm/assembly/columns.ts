/**
 * The loops over each byte of a call's list, in WebAssembly with SIMD. A request is in a slot of this module's memory
 * (src/wasm/request-memory.ts), so nothing is copied in or out. The stages, with their cost for 10,000 devices of three
 * members, 1.4 MB, on an AMD EPYC:
 *
 *   list.ts, value.ts   the position and kinds of each value; unescaping                   0.4 ms
 *   canonical.ts        the text to sign, in chunks, without their HMAC                    0.18 ms
 *   verdicts.ts         lengths and kinds against the rules                                0.03 ms
 *   names.ts            hashes of the names, and repeated names                            0.2 ms
 *   rows.ts             the rows of an answer that contains every device, 2 MB             0.6 ms
 *
 * All places are addresses in the memory. The host runs a stage to its end without interruption, so the module's own
 * variables belong to one list at a time; lasting data is in the request's slot. Lists in an unusual form are left to
 * src/rpc/parameters/general.ts. scripts/build-wasm.ts compiles this module.
 */
export { kindOf, kindsOfClasses, lowNibbles, highNibbles, noteOf, setUnreservedClasses } from './bytes'
export {
  beginList, columnsOf, endList, kindsOfAll, lastNumber, memberCount, parameterCount, prefixBytesMax, readList,
  tailLengthOf, tailOf,
} from './list'
export { addMember, before, beginText, escapes, nextAfter, piece, writePiece } from './canonical'
export {
  addField, beginRows, between, fieldsMax, nextRow, nextWord, otherBytes, otherBytesMax, otherLengths,
  otherStarts, wordBytes, writeRows,
} from './rows'
export { hashColumn, hashes, markRepeated } from './names'
export { entries, entriesMax, entriesWith, markIllegal, verdicts } from './verdicts'

/** The first address for slots. */
export const slotsFrom: usize = __heap_base
