/**
 * The loops over each byte of a call's list, in WebAssembly with SIMD. A request lies in a slot of this module's memory
 * (src/wasm/request-memory.ts), so nothing is copied in or out. The stages, and what each costs for 10,000 devices
 * of three members, 1.4 MB, on an AMD EPYC:
 *
 *   list.ts, value.ts   where each value lies, and of which kinds it is; unescaping        0.4 ms 
 *   canonical.ts        the text that is signed, in pieces, without their HMAC             0.18 ms
 *   verdicts.ts         lengths and kinds against the rules                                0.03 ms
 *   names.ts            hashes of the names, and names that stand in the list twice        0.2 ms
 *   rows.ts             the rows of an answer that names every device, 2 MB                0.6 ms
 *
 * All places are addresses in the memory. The host calls a stage from its beginning to its end without a pause, so the
 * module's own variables are of one list at a time; what is to last lies in the request's slot. What is not plainly written
 * is left to src/rpc/parameters/general.ts. scripts/build-wasm.ts compiles this.
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

/** Where slots may begin. */
export const slotsFrom: usize = __heap_base
