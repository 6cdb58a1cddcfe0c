export const en = {
  title: 'Export devices',
  about:
    'All devices of the product, newest first: DeviceName, Sn, Nickname, DeviceStatus, IotId, UtcCreate. At the usual quota about 2,000 devices a second.',
  withMeans:
    'The secrets are readable in the file: keep it as you would keep a password. It can be imported elsewhere as it is.',
  withoutMeans: 'Without secrets the file is a list; it can’t be imported again.',
}
