/** The files that lists of devices come in. */
export const formats = ['csv', 'tsv', 'jsonl', 'json', 'xlsx'] as const
export type Format = (typeof formats)[number]

/** The encodings that they come in. GB18030 takes in GBK and GB2312; UTF-32 is of either byte order. */
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

/** The delimiter that stands for one or more spaces or tabs. */
export const whitespace = 'whitespace'
