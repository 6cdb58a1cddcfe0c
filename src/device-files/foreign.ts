import { type ForeignKind, UnreadableFile } from './unreadable.ts'
import type { ZipEntry } from './zip.ts'

/** Magic numbers (as in file(1)), as Latin-1. */
const beginnings: readonly (readonly [string, ForeignKind])[] = [
  ['%PDF-', 'pdf'],
  ['\x89PNG\r\n', 'picture'],
  ['\xff\xd8\xff', 'picture'],
  ['GIF87a', 'picture'],
  ['GIF89a', 'picture'],
  ['II*\0', 'picture'],
  ['MM\0*', 'picture'],
  ['{\\rtf', 'rtf'],
  ['Rar!\x1a\x07', 'archive'],
  ["7z\xbc\xaf'\x1c", 'archive'],
  ['BZh', 'archive'],
  ['\xfd7zXZ\0', 'archive'],
  ['(\xb5/\xfd', 'archive'],
  ['SQLite format 3\0', 'database'],
  ['\0\x01\0\0Standard ', 'database'],
  ['PAR1', 'parquet'],
  ['-----BEGIN ', 'key'],
  ['ssh-rsa AAAA', 'key'],
  ['\x7fELF', 'binary'],
  ['MZ\x90\0', 'binary'],
]

const latin1 = (bytes: Uint8Array, count: number) => String.fromCharCode(...bytes.subarray(0, count))

export const isZip = (bytes: Uint8Array) => latin1(bytes, 4) === 'PK\x03\x04'
export const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b
/** Reports whether the file is a compound file (MS-CFB): an old workbook, or an encrypted XLSX file. */
export const isCompound = (bytes: Uint8Array) => latin1(bytes, 8) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'

/** Identifies a file by its first bytes; undefined for text, ZIP, gzip and compound files. */
export function foreignKind(bytes: Uint8Array): ForeignKind | undefined {
  const start = latin1(bytes, 600)
  const known = beginnings.find(([beginning]) => start.startsWith(beginning))
  if (known !== undefined) return known[1]
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'picture'
  if (start.slice(4, 8) === 'ftyp') return 'picture'
  if (start.slice(257, 262) === 'ustar') return 'archive'
  if (start.startsWith('BM') && start.slice(6, 10) === '\0\0\0\0') return 'picture'
  return markupKind(start) ?? (isBinary(bytes) ? 'binary' : undefined)
}

function markupKind(start: string): ForeignKind | undefined {
  const text = start.replaceAll('\0', '').replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*/, '')
  if (/^(<!doctype html|<html|<head|<body|<table|<meta|<style|<div|<!--)/i.test(text)) return 'html'
  if (/^<\?xml/i.test(text) || /^<(office:|Workbook)/.test(text))
    return /<html/i.test(text) ? 'html' : 'xmlSpreadsheet'
  if (/^mime-version:/i.test(text)) return 'mail'
  return undefined
}

/** Reports whether the file has too many control bytes for text. */
function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 4096)
  // UTF-16 and UTF-32 text has zeros at fixed positions.
  const zerosAt = [0, 0, 0, 0]
  let controls = 0
  sample.forEach((byte, at) => {
    if (byte === 0) zerosAt[at % 4]!++
    else if (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1f && byte !== 0x1a) controls++
  })
  const most = Math.max(zerosAt[0]! + zerosAt[2]!, zerosAt[1]! + zerosAt[3]!)
  const all = zerosAt.reduce((sum, count) => sum + count, 0)
  const isWide = all > sample.length / 8 && (most > 0.9 * all || all > 0.6 * sample.length)
  if (isWide) return controls > 0.1 * sample.length
  return (
    controls + all > 0.1 * sample.length ||
    (controls > 0.04 * sample.length && sample.some((byte) => byte > 0x7f))
  )
}

/** Identifies a compound file by the names of its streams (UTF-16). */
export function compoundKind(bytes: Uint8Array): ForeignKind {
  const has = (name: string) =>
    indexOf(
      bytes,
      [...name].flatMap((c) => [c.charCodeAt(0), 0]),
    ) >= 0
  if (has('EncryptedPackage')) return 'encryptedWorkbook'
  if (has('Workbook') || has('Book')) return 'oldExcel'
  return has('WordDocument') || has('PowerPoint Document') ? 'wordOrSlides' : 'binary'
}

function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1))
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at
  return -1
}

/** Maximum number of archive entries that an error lists. */
const namesMax = 5

/** @throws UnreadableFile if a ZIP archive is recognised as something other than an XLSX workbook */
export function refuseOtherZip(entries: readonly ZipEntry[]): void {
  const names = entries.map(({ name }) => name)
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name))
  if (has(/(^|\/)_rels\/\.rels$/) && has(/workbook[^/]*\.xml$/)) return
  const kind: ForeignKind = has(/workbook\.bin$/)
    ? 'binaryWorkbook'
    : has(/^Index\/.*\.iwa$|^Index\.zip$/)
      ? 'numbers'
      : has(/^content\.xml$/) && has(/^mimetype$/)
        ? 'openDocument'
        : has(/^(word\/document|ppt\/presentation)\.xml$/)
          ? 'wordOrSlides'
          : 'zip'
  if (kind === 'zip' && has(/^xl\//)) return
  throw new UnreadableFile({
    code: 'ForeignFile',
    kind,
    ...(kind === 'zip' && { names: names.filter((name) => !name.endsWith('/')).slice(0, namesMax) }),
  })
}
