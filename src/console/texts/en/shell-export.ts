export const en = {
  format: 'File format',
  formats: { csv: 'CSV', jsonl: 'JSON lines', xlsx: 'XLSX' },
  withoutSn: (action: string) =>
    `The file has no serial numbers, because this key may not call ${action} or the endpoint does not have it.`,
  tooMany: (most: string) => `An XLSX sheet holds at most ${most} devices. Choose CSV or JSON lines.`,
  withSecrets: 'With DeviceSecret',
  start: 'Download',
  stop: 'Stop',
  close: 'Close',
  progress: 'Progress',
  of: (count: string, total: string) => `${count} of ${total} devices`,
  done: (count: string, file: string) => `${count} devices were written to ${file} in your downloads.`,
  changed: (count: string, total: string) =>
    `The product had ${total} devices at the start, and the file has ${count}: devices were added or deleted during the download. Download again to get all of them.`,
  stopped: 'Stopped; no file was written.',
  background: 'Continue in the background',
}
