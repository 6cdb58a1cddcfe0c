export const en = {
  create: 'Create product',
  editTitle: 'Edit product',
  wasCreated: (name: string) => `The product ${name} was created`,
  saved: 'The product was changed',
  authMeans: {
    'one-party':
      'For standard MQTT devices that already have a user name and password, which are imported as DeviceName and DeviceSecret.',
    secret: 'The server generates a DeviceSecret for each device at registration.',
    x509: 'Devices authenticate with a certificate.',
  },
  takes:
    'Supports batch imports: BatchCheckImportDevice and BatchImportDevice accept devices with their own DeviceSecrets.',
  takesNot:
    'Does not support batch imports: in the public instance only one-party products do. Register devices instead; the server generates their secrets.',
  nodeMeans: 'A gateway connects other devices; a device connects directly.',
  protocolMeans:
    'The protocol of a gateway’s devices, such as modbus. jt808, gb32960 and sl651 set the fields that BatchImportVehicleDevice requires.',
  formatMeans: 'Stored as a property of the product.',
  stays: 'You can change a description later, but not remove it.',
  details: 'Product details',
  tags: 'Tags',
  released: 'Published',
  unreleased: 'In development',
  release: 'Publish',
  unrelease: 'Unpublish',
  releaseMeans: 'A published product can’t be deleted. You can still add and remove devices.',
  unreleaseMeans: 'The product is in development again and can be deleted.',
  releasedNow: 'The product was published',
  unreleasedNow: 'The product is in development again',
  unreleaseFirst: 'The product is published. Unpublish it first.',
  deleteTitle: (name: string) => `Delete the product ${name}?`,
  deleteMeans: (devices: string) =>
    devices === '1'
      ? 'Its only device is deleted too, with name, secret, nickname and tags. This can’t be undone.'
      : `Its ${devices} devices are deleted too, with names, secrets, nicknames and tags. This can’t be undone.`,
  deleteEmpty:
    'The product has no devices. Its ProductSecret and tags are deleted too. This can’t be undone.',
  typeKey: (key: string) => `Type the ProductKey ${key} to confirm`,
  deleted: (name: string) => `The product ${name} was deleted`,
  secretMeans: 'All devices of the product share this secret. Protect it.',
  importsLabel: 'Batch import',
  yes: 'Supported',
  no: 'Not supported',
  categoryLabel: 'Category',
  validateLabel: 'Data validation',
  validate: (type: number) => ({ 1: 'Weak', 2: 'None' })[type] ?? String(type),
  commodityLabel: 'Kind',
}
