/** The data that a device needs to connect. */
export interface Connecting {
  /** mqtt://host:port or mqtts://host:port. */
  readonly address: string
  readonly productKey: string
  readonly name: string
  readonly secret: string
  /** Whether it is a one-party product, whose devices may use any topic. */
  readonly isOneParty: boolean
  /** HMAC-SHA256 as lower-case hexadecimal. */
  readonly hmacSha256: (key: string, data: string) => string
}

/** A text to copy: a command, a program or a file. */
export interface Program {
  /** Its name in every language. */
  readonly label: string
  readonly text: string
}

const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** Parses an address; undefined if it is invalid. */
export function parseMqttAddress(address: string) {
  if (!/^mqtts?:\/\/[^/]/.test(address) || !URL.canParse(address)) return undefined
  const { protocol, hostname, port } = new URL(address)
  const isTls = protocol === 'mqtts:'
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (isTls ? 8883 : 1883)), isTls }
}

/** The triple that identifies a device, in the forms that firmware and programs read. */
export function tripleOf({ productKey, name, secret }: Connecting): readonly [json: Program, env: Program] {
  const triple = { ProductKey: productKey, DeviceName: name, DeviceSecret: secret }
  const env = `PRODUCT_KEY=${shell(productKey)}\nDEVICE_NAME=${shell(name)}\nDEVICE_SECRET=${shell(secret)}\n`
  return [
    { label: 'JSON', text: `${JSON.stringify(triple, null, 2)}\n` },
    { label: '.env', text: env },
  ]
}

/** Runnable programs that connect as the device. The password is the HMAC, so they don't contain the secret. */
export function programsOf(connecting: Connecting): readonly Program[] {
  const { address, productKey, name, secret, isOneParty, hmacSha256 } = connecting
  const parsed = parseMqttAddress(address)
  if (parsed === undefined) return []
  const { host, port, isTls } = parsed
  const topic = (end: string) => (isOneParty ? `/user/${end}` : `/${productKey}/${name}/user/${end}`)
  const clientId = `${name}|securemode=${isTls ? 2 : 3},signmethod=hmacsha256|`
  const userName = `${name}&${productKey}`
  const password = hmacSha256(secret, `clientId${name}deviceName${name}productKey${productKey}`)
  const tlsFlag = isTls ? ' --tls-use-os-certs' : ''
  const mosquitto = `-h ${shell(host)} -p ${port}${tlsFlag} -i ${shell(clientId)} \\
  -u ${shell(userName)} -P ${password} -q 1`
  const text = JSON.stringify
  return [
    { label: 'mosquitto_sub', text: `mosquitto_sub ${mosquitto} -t ${shell(topic('get'))} -v\n` },
    {
      label: 'mosquitto_pub',
      text: `mosquitto_pub ${mosquitto} -t ${shell(topic('update'))} -m '{"on":true}'\n`,
    },
    {
      label: 'MQTT.js',
      text: `import mqtt from 'mqtt'

const client = await mqtt.connectAsync(${text(address)}, {
  clientId: ${text(clientId)},
  username: ${text(userName)},
  password: ${text(password)},
})
client.on('message', (topic, payload) => console.log(topic, payload.toString()))
await client.subscribeAsync(${text(topic('get'))}, { qos: 1 })
await client.publishAsync(${text(topic('update'))}, JSON.stringify({ on: true }), { qos: 1 })
`,
    },
    {
      label: 'Python (paho-mqtt)',
      text: `import paho.mqtt.client as mqtt


def on_connect(client, userdata, flags, reason_code, properties):
    print("connected:", reason_code)
    client.subscribe(${text(topic('get'))}, qos=1)
    client.publish(${text(topic('update'))}, '{"on":true}', qos=1)


def on_message(client, userdata, message):
    print(message.topic, message.payload.decode())


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=${text(clientId)})
client.username_pw_set(${text(userName)}, ${text(password)})
${isTls ? 'client.tls_set()\n' : ''}client.on_connect = on_connect
client.on_message = on_message
client.connect(${text(host)}, ${port})
client.loop_forever()
`,
    },
    {
      label: 'Node.js SDK',
      text: `// npm install alibabacloud-iot-device-sdk
import iot from 'alibabacloud-iot-device-sdk'
import { env } from 'process'

const device = iot.device({
  productKey: ${text(productKey)},
  deviceName: ${text(name)},
  deviceSecret: env.DEVICE_SECRET,
  brokerUrl: ${text(address.replace(/^mqtt:/, 'tcp:').replace(/^mqtts:/, 'tls:'))},
})
device.on('connect', () => {
  device.subscribe(${text(topic('get'))})
  device.publish(${text(topic('update'))}, JSON.stringify({ on: true }))
})
device.on('message', (topic, payload) => console.log(topic, payload.toString()))
`,
    },
  ]
}
