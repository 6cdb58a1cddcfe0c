export const en = {
  title: 'Export devices',
  about:
    'All devices of the product, newest first: DeviceName, Sn, Nickname, DeviceStatus, IotId, UtcCreate. At the default quota the export writes about 2,000 devices a second.',
  withMeans:
    'The file contains secrets in plain text: protect it like a password. It can be imported again as it is.',
  withoutMeans: 'Without secrets the file can’t be imported again.',
  aboutChosen: 'The selected devices, with their names, serial numbers, nicknames, status and IotIds.',
}
