export const en = {
  instance: 'Instance',
  publicInstance: 'Public instance',
  idHint: 'Instance ID; leave empty for the public instance',
}
