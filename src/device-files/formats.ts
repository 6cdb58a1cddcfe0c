/** The supported formats of device files. */
export const formats = ['csv', 'tsv', 'jsonl', 'json', 'xlsx'] as const
export type Format = (typeof formats)[number]

/** The supported encodings. GB18030 includes GBK and GB2312; UTF-32 has either byte order. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'utf-32',
  'gb18030',
  'big5',
  'shift_jis',
  'windows-1252',
] as const
export type Encoding = (typeof encodings)[number]

/** The delimiter value for one or more spaces or tabs. */
export const whitespace = 'whitespace'
