export const en = {
  create: 'Create product',
  editTitle: 'Edit product',
  wasCreated: (name: string) => `The product ${name} was created`,
  saved: 'The product was changed',
  authMeans: {
    'one-party':
      'For standard MQTT devices that bring a user name and a password: they are imported as DeviceName and DeviceSecret.',
    secret: 'Each device gets a DeviceSecret that the server draws when it is registered.',
    x509: 'Devices prove who they are with a certificate.',
  },
  takes:
    'Takes batch imports: BatchCheckImportDevice and BatchImportDevice accept devices with DeviceSecrets of their own.',
  takesNot:
    'Takes no batch imports: in the public instance only one-party products do. Devices are registered instead, with secrets that are drawn.',
  nodeMeans: 'A gateway connects other devices; a device connects itself.',
  protocolMeans:
    'Of a gateway’s devices, such as modbus. jt808, gb32960 and sl651 say what BatchImportVehicleDevice asks.',
  formatMeans: 'Kept as a fact about the product.',
  stays: 'A description can be changed, but not taken away again.',
  details: 'Product details',
  tags: 'Tags',
  released: 'Published',
  unreleased: 'In development',
  release: 'Publish',
  unrelease: 'Unpublish',
  releaseMeans: 'A published product can’t be deleted. Devices can be added and removed all the same.',
  unreleaseMeans: 'The product is in development again, and can be deleted.',
  releasedNow: 'The product was published',
  unreleasedNow: 'The product is in development again',
  unreleaseFirst: 'It is published: unpublish it first.',
  deleteTitle: (name: string) => `Delete the product ${name}?`,
  deleteMeans: (devices: string) =>
    devices === '1'
      ? 'Its only device is deleted with it: its name, secret, nickname and tags. This can’t be undone.'
      : `Its ${devices} devices are deleted with it: their names, secrets, nicknames and tags. This can’t be undone.`,
  deleteEmpty: 'It has no devices. Its ProductSecret and tags are deleted with it. This can’t be undone.',
  typeKey: (key: string) => `Type its ProductKey, ${key}, to confirm`,
  deleted: (name: string) => `The product ${name} was deleted`,
  secretMeans: 'All devices of a product share it; whoever has it speaks for the product.',
  importsLabel: 'Batch import',
  yes: 'Accepted',
  no: 'Not accepted',
  categoryLabel: 'Category',
  validateLabel: 'Data validation',
  validate: (type: number) => ({ 1: 'Weak', 2: 'None' })[type] ?? String(type),
  commodityLabel: 'Kind',
}
