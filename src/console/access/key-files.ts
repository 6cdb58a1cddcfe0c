import { stringify } from 'csv-stringify/browser/esm/sync'

/** An access key as CreateAccessKey answers it, this once with its secret. */
export interface NewKey {
  readonly AccessKeyId: string
  readonly AccessKeySecret: string
  /** Left out where it is the account's own. */
  readonly UserName?: string
}

/** A CSV file with the key, as Alibaba Cloud's console has it downloaded. */
export const csvOf = ({ AccessKeyId, AccessKeySecret, UserName }: NewKey): string =>
  stringify(
    [{ 'User Name': UserName ?? '', 'AccessKey ID': AccessKeyId, 'AccessKey Secret': AccessKeySecret }],
    {
      header: true,
      record_delimiter: 'windows',
    },
  )

/** For a shell: the variables from which Alibaba Cloud's SDKs and the command line take a key. */
export const exportLinesOf = ({ AccessKeyId, AccessKeySecret }: NewKey): string =>
  [
    `export ALIBABA_CLOUD_ACCESS_KEY_ID=${quoted(AccessKeyId)}`,
    `export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${quoted(AccessKeySecret)}`,
    '',
  ].join('\n')

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
