export const en = {
  add: 'Add device',
  addAnother: 'Add another',
  added: (name: string) => `${name} was added`,
  nameDrawn: 'A name is drawn where none is given.',
  drawn: 'Drawn by the server',
  own: 'The device’s own',
  drawnMeans: 'The server draws the DeviceSecret and tells it when the device was added.',
  ownMeans: 'The DeviceSecret is the one that the device has already: a standard MQTT client’s password.',
  keepSecret: 'The device needs this secret to connect. It can be looked up here at any time.',
}
