export const en = {
  format: 'File format',
  formats: { csv: 'CSV', jsonl: 'JSON lines', xlsx: 'XLSX' },
  withoutSn:
    'The file has no serial numbers: this key may not call ListDevices, or the endpoint does not have it.',
  tooMany: (most: string) => `A sheet of XLSX holds ${most} devices. Choose CSV or JSON lines.`,
  withSecrets: 'With DeviceSecret',
  start: 'Download',
  stop: 'Stop',
  close: 'Close',
  progress: 'Progress',
  of: (count: string, total: string) => `${count} of ${total} devices`,
  done: (count: string, file: string) =>
    `Devices in the file: ${count}. It is ${file}, among your downloads.`,
  changed: (count: string, total: string) =>
    `At the start there were ${total} devices, and the file has ${count}: some were added or deleted meanwhile. Download them again to be sure that none is missing.`,
  stopped: 'Stopped; no file was written.',
}
