/** The files that lists of devices come in. */
export const formats = ['csv', 'tsv', 'jsonl', 'xlsx'] as const
export type Format = (typeof formats)[number]

/** The encodings that they come in. GB18030 takes in GBK and GB2312. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const
export type Encoding = (typeof encodings)[number]
