import { stringify } from 'csv-stringify/browser/esm/sync'

/** An access key in the answer of CreateAccessKey, the only one with the secret. */
export interface NewKey {
  readonly AccessKeyId: string
  readonly AccessKeySecret: string
  /** Omitted for the account's own key. */
  readonly UserName?: string
}

/** A CSV file with the key, in the form of Alibaba Cloud's console. */
export const csvOf = ({ AccessKeyId, AccessKeySecret, UserName }: NewKey): string =>
  stringify(
    [{ 'User Name': UserName ?? '', 'AccessKey ID': AccessKeyId, 'AccessKey Secret': AccessKeySecret }],
    {
      header: true,
      record_delimiter: 'windows',
    },
  )

/** Shell variables from which Alibaba Cloud's SDKs and CLI take a key. */
export const exportLinesOf = ({ AccessKeyId, AccessKeySecret }: NewKey): string =>
  [
    `export ALIBABA_CLOUD_ACCESS_KEY_ID=${quoted(AccessKeyId)}`,
    `export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${quoted(AccessKeySecret)}`,
    '',
  ].join('\n')

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
