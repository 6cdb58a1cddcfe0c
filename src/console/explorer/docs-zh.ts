/**
 * What the catalogue tells of operations and parameters, in Chinese: a sentence each, by the English one. A sentence
 * that changes there is missing here, which a test sees.
 */
export const sentencesInChinese: Readonly<Record<string, string>> = {
  // What operations do.
  "Puts devices into a group; which of them can't be is counted.":
    '将设备添加到分组，并返回未能添加的设备数量。',
  'A device may be in 10 groups, a group may have 20,000 devices.':
    '一个设备最多属于 10 个分组，一个分组最多包含 20,000 个设备。',
  'Checks up to 10,000 names for devices of a product, and keeps the list for BatchRegisterDeviceWithApplyId.':
    '校验产品下最多 10,000 个设备名称，并保存名单供 BatchRegisterDeviceWithApplyId 使用。',
  'The check is done when it answers.': '返回时校验已完成。',
  'Verifies up to 10,000 devices that are to be added to a Standard Enterprise Edition instance or an MQTT cloud gateway product.':
    '校验最多 10,000 个待导入标准型企业版实例或 MQTT 云网关产品的设备。',
  'Verifies up to 10,000 devices that are to be added to a JT/T 808, GB/T 32960 or SL 651 cloud gateway product.':
    '校验最多 10,000 个待导入 JT/T 808、GB/T 32960 或 SL 651 云网关产品的设备。',
  'Takes devices out of a group.': '将设备移出分组。',
  'They stay registered.': '设备本身不会被删除。',
  'Tells the states of several devices.': '批量查询设备状态。',
  'Those that are not registered are passed over.': '未注册的设备会被忽略。',
  'Adds up to 10,000 devices to a product at a time, all or none.':
    '一次向产品导入最多 10,000 个设备，要么全部成功，要么全部失败。',
  'Adds up to 10,000 devices to a JT/T 808, GB/T 32960 or SL 651 cloud gateway product at a time, all or none.':
    '一次向 JT/T 808、GB/T 32960 或 SL 651 云网关产品导入最多 10,000 个设备，要么全部成功，要么全部失败。',
  'Tells the details of several devices of a product.': '批量查询产品下设备的详细信息。',
  'Only the devices of these names are answered, in this order, on one page; names that are not registered are passed over.':
    '仅按此顺序返回这些名称的设备，且只有一页；未注册的名称会被忽略。',
  'Names that are not registered are passed over.': '未注册的名称会被忽略。',
  'Registers up to 10,000 devices in a product, with names and secrets that are drawn.':
    '在产品下批量注册最多 10,000 个设备，名称和密钥随机生成。',
  'They are there when it answers.': '返回时设备已创建。',
  'Registers exactly the devices that BatchCheckDeviceNames checked, all or none, with secrets that are drawn.':
    '注册 BatchCheckDeviceNames 校验过的全部设备，要么全部成功，要么全部失败，密钥随机生成。',
  'They are there when it answers; called again, it changes nothing.':
    '返回时设备已创建；重复调用不产生变化。',
  'Gives devices other nicknames, or takes them away.': '批量修改或清除设备的备注名称。',
  'When an entry is not right, no nickname is changed.': '只要有一项不合法，所有备注名称都不会修改。',
  'Unpublishes a product: QueryProduct tells DEVELOPMENT_STATUS then, and it can be deleted.':
    '取消发布产品：之后 QueryProduct 返回 DEVELOPMENT_STATUS，产品可以删除。',
  'Once more changes nothing.': '重复调用不产生变化。',
  'Creates an access key of the account, or of one of its RAM users.': '为主账号或其 RAM 用户创建访问密钥。',
  'Its secret is answered now and never again.': '密钥内容仅在本次返回，之后无法再查询。',
  'Makes a group of devices.': '创建设备分组。',
  'Groups nest in 3 levels; a group has up to 100 right below it, an instance 1,000 in all.':
    '分组最多嵌套 3 级；一个分组最多有 100 个直接子分组，一个实例最多共 1,000 个分组。',
  'Creates a product.': '创建产品。',
  'One with AuthType one-party is an MQTT cloud gateway product and takes imports.':
    'AuthType 为 one-party 的产品是 MQTT 云网关产品，可以导入设备。',
  'Gives a product tags, all or none; their keys must be new to it.':
    '为产品添加标签，要么全部成功，要么全部失败；标签键不能与已有的重复。',
  'Creates a RAM user: it acts on the account’s data and shares its quotas, with access keys of its own.':
    '创建 RAM 用户：使用自己的访问密钥操作主账号的数据，并共用主账号的调用限额。',
  'Deletes an access key for good: no node takes it from then on.':
    '永久删除访问密钥：此后任何节点都不再接受它。',
  'The key that signs the call is not deleted.': '不能删除签名本次请求的密钥。',
  'Deletes a device, named by IotId or by ProductKey and DeviceName; IotId wins when both are given.':
    '删除设备，用 IotId 或 ProductKey 与 DeviceName 指定；都传入时以 IotId 为准。',
  'Deletes a group that no groups are in.': '删除没有子分组的分组。',
  'The devices in it stay registered.': '其中的设备不会被删除。',
  'Takes a tag off a device; nothing happens where the device has none of that key.':
    '删除设备的标签；设备没有该标签键时不产生变化。',
  'Deletes a product, its devices and all else that is tied to it.':
    '删除产品、其下设备以及与之相关的全部数据。',
  'A published product must be unpublished first.': '已发布的产品须先取消发布。',
  'Takes tags off a product.': '删除产品的标签。',
  'Keys that it does not have are passed over.': '不存在的标签键会被忽略。',
  'Deletes a RAM user and its access keys, which no node takes from then on.':
    '删除 RAM 用户及其访问密钥，此后任何节点都不再接受这些密钥。',
  'Disables a device, which may then not connect; all that is known of it stays.':
    '禁用设备，禁用后设备不能接入；设备信息保留。',
  'Lifts the disabling of a device.': '解除设备的禁用状态。',
  'One that is not disabled stays as it is.': '未禁用的设备不产生变化。',
  'Tells whose access key signs the call, and what it may call.':
    '查询签名本次请求的访问密钥属于谁，以及可调用哪些操作。',
  'Every caller may run it.': '任何调用者都可以调用。',
  'Tells whether a device is active, online or disabled.': '查询设备是否已激活、在线或被禁用。',
  'Adds one device to a product.': '向产品导入单个设备。',
  'Lists the access keys of the account and of its RAM users, without their secrets, oldest first.':
    '查询主账号及其 RAM 用户的访问密钥（不含密钥内容），最早创建的在前。',
  'Tells how often the account has called each action in the last ten minutes, by intervals, on every node; a node tells the others within about a second.':
    '按时间段查询账号最近十分钟内各操作在所有节点上的调用次数；各节点约在一秒内同步。',
  'Lists, page by page, the batches of devices of an instance, newest first: imports, registrations, and lists of names that BatchCheckDeviceNames has checked and nobody has registered, which are kept for 7 days.':
    '分页查询实例下的设备批次，最新的在前：包括导入、注册，以及 BatchCheckDeviceNames 校验过但尚未注册的名单（保留 7 天）。',
  'Devices that were registered one by one at the same moment share a batch.':
    '同一时刻逐个注册的设备共用一个批次。',
  'Lists, page by page, the devices of a product in the order of their names, without their secrets.':
    '按名称顺序分页查询产品下的设备（不含密钥）。',
  'A page costs the same wherever it is.': '无论翻到哪一页，耗时相同。',
  'Lists the instances of the account.': '查询账号下的实例。',
  'Lists, page by page, the products that have at least one of the tags, newest first.':
    '分页查询带有任一指定标签的产品，最新的在前。',
  'Lists the tags of a product in the order of their keys.': '按标签键顺序查询产品的标签。',
  'Lists, for every operation, how many calls a second the account and its RAM users have together.':
    '查询主账号及其 RAM 用户对每个操作共有的每秒调用限额。',
  'Lists the newest calls of the account, of all its keys and of every node; a node tells the others within about a second.':
    '查询账号最近的调用，包括其全部密钥和所有节点；各节点约在一秒内同步。',
  'Left out are calls of this operation, ListCallCounts and GetCallerIdentity.':
    '不含本操作、ListCallCounts 和 GetCallerIdentity 的调用。',
  'Lists the RAM users of the account, and what they may call.': '查询账号下的 RAM 用户及其可调用的操作。',
  'Tells whether a list of names was checked or its devices registered, and which names are bad.':
    '查询名单是已校验还是已注册，以及哪些名称不合格。',
  'Lists, page by page, the devices of a product, newest first.': '分页查询产品下的设备，最新的在前。',
  'A walk by NextToken meets every device that was there at its start exactly once, whatever is added meanwhile.':
    '用 NextToken 遍历时，开始时已有的设备各返回一次，不受期间新增设备的影响。',
  'Lists, page by page, the devices in one state, newest first.': '分页查询处于某一状态的设备，最新的在前。',
  'Lists, page by page, the devices of an instance that have all of some tags, newest first.':
    '分页查询实例下带有全部指定标签的设备，最新的在前。',
  'Tells the details of a device.': '查询设备的详细信息。',
  'Lists the groups that a device is in, in the order in which they were made.':
    '按创建顺序查询设备所属的分组。',
  'Tells the details of a group, the number of its devices among them.': '查询分组的详细信息，包括设备数量。',
  'Lists, page by page, the groups of an instance at all levels, or those right below one, newest first.':
    '分页查询实例下各级分组，或某一分组的直接子分组，最新的在前。',
  'Tells the names and the secret of a device.': '查询设备的名称和密钥。',
  'Lists, page by page, the devices in a group; those that were registered last come first.':
    '分页查询分组中的设备，最后注册的在前。',
  'Tells the tags of a device.': '查询设备的标签。',
  'Counts the devices of a product, of a group, of a product in a group, or of the instance.':
    '统计产品、分组、分组中某产品或整个实例的设备数量。',
  'Lists, page by page, the devices that one call of BatchImportDevice or ImportDevice added.':
    '分页查询一次 BatchImportDevice 或 ImportDevice 调用导入的设备。',
  'Lists, page by page, the devices that were registered under one ApplyId.':
    '分页查询以某一 ApplyId 注册的设备。',
  'Tells the details of a product, the number of its devices among them.':
    '查询产品的详细信息，包括设备数量。',
  'Lists, page by page, the products of an instance, newest first.': '分页查询实例下的产品，最新的在前。',
  'Tells the details of a device of a JT/T 808, GB/T 32960 or SL 651 cloud gateway product.':
    '查询 JT/T 808、GB/T 32960 或 SL 651 云网关产品下设备的详细信息。',
  'Registers a device in a product, with a DeviceSecret that is drawn.':
    '在产品下注册设备，DeviceSecret 随机生成。',
  'Publishes a product: QueryProduct tells RELEASE_STATUS then, and it cannot be deleted.':
    '发布产品：之后 QueryProduct 返回 RELEASE_STATUS，产品不能删除。',
  'Lets a device that registered itself over the network do so again.': '允许动态注册过的设备再次注册。',
  'There is no such registration here yet, so nothing changes.': '目前不支持动态注册，因此不产生变化。',
  'Gives a device tags; one whose key the device has already gets the new value.':
    '为设备添加标签；标签键已存在时更新其值。',
  'Sets how many calls a second the account and its RAM users have together of an operation, on every node and at once.':
    '设置主账号及其 RAM 用户对某一操作共有的每秒调用限额，在所有节点立即生效。',
  'Sets what a RAM user may call, instead of what it might before; on every node and at once.':
    '设置 RAM 用户可调用的操作，替换原有设置，在所有节点立即生效。',
  'Deletes the devices that were registered or imported under one ApplyId, but for those that were changed since.':
    '删除以某一 ApplyId 注册或导入的设备，之后修改过的设备除外。',
  'Devices that were registered one by one at the same moment share an ApplyId.':
    '同一时刻逐个注册的设备共用一个 ApplyId。',
  'Makes an access key inactive, so that no node takes it from then on, or active again.':
    '停用访问密钥（此后任何节点都不再接受它），或重新启用。',
  'The key that signs the call is not made inactive.': '不能停用签名本次请求的密钥。',
  'Changes the description of a group.': '修改分组的描述。',
  'Changes the name and the description of a product, whether it is published or not.':
    '修改产品的名称和描述，无论是否已发布。',
  'Changes the values of tags that a product has, all or none.':
    '修改产品已有标签的值，要么全部成功，要么全部失败。',
  'For the account’s own keys.': '仅限主账号自己的密钥。',
  'For the account’s own keys; refused where the server was started with --fixed-quotas.':
    '仅限主账号自己的密钥；服务器以 --fixed-quotas 启动时拒绝。',
  'An operation of Rollcall’s own.': 'Rollcall 自有的操作。',

  // What parameters are.
  'The ID of the instance.': '实例 ID。',
  'It must be given when the instance has one, and left out when it has none.':
    '实例有 ID 时必须传入；公共实例没有 ID，不传。',
  'The ID of the group.': '分组 ID。',
  'The ID of the group that it is to be in; left out, it is at the top.': '父分组的 ID；不传则创建一级分组。',
  'The ProductKey of the device’s product.': '设备所属产品的 ProductKey。',
  'The ProductKey of the product.': '产品的 ProductKey。',
  'The ProductKey of the product; required.': '产品的 ProductKey，必传。',
  'The ProductKey of the product; required without IotId.': '产品的 ProductKey；不传 IotId 时必传。',
  'The ProductKey of the product; without it all of the instance’s.':
    '产品的 ProductKey；不传则为实例下全部产品。',
  'The name of a device.': '设备名称。',
  'The name of the device.': '设备名称。',
  'The name of the device; required.': '设备名称，必传。',
  'The name of the device; required without IotId.': '设备名称；不传 IotId 时必传。',
  'The name of a device of the product; required without IotId.': '产品下设备的名称；不传 IotId 时必传。',
  'The name of a device: 4 to 32 characters of A-Za-z0-9-_@.:, unique in the product.':
    '设备名称：4～32 个字符，可含 A-Za-z0-9-_@.:，在产品下唯一。',
  'The name of the device: 4 to 32 characters of A-Za-z0-9-_@.:, unique in the product.':
    '设备名称：4～32 个字符，可含 A-Za-z0-9-_@.:，在产品下唯一。',
  'Not looked at where DeviceNameList is given.': '传入 DeviceNameList 时忽略。',
  'Drawn when not given.': '不传时随机生成。',
  'The nickname of the device: 4 to 64 letters, digits, _ and Chinese or Japanese characters, which count as two.':
    '备注名称：4～64 个字符，可含字母、数字、_ 以及中文或日文（一个算两个字符）。',
  'The nickname of the device: 1 to 64 characters of A-Za-z0-9_.':
    '备注名称：1～64 个字符，可含 A-Za-z0-9_。',
  'The new nickname: 4 to 32 letters, digits, _ and Chinese or Japanese characters, which count as two.':
    '新的备注名称：4～32 个字符，可含字母、数字、_ 以及中文或日文（一个算两个字符）。',
  'Without one the old nickname is taken away.': '不传则清除原有备注名称。',
  'The secret of the device: 1 to 32 characters of A-Za-z0-9-_@.:.':
    '设备密钥：1～32 个字符，可含 A-Za-z0-9-_@.:。',
  'The serial number of the device: 1 to 64 characters of A-Za-z0-9_.':
    '设备序列号：1～64 个字符，可含 A-Za-z0-9_。',
  'JT/T 808, required: 4 to 11 characters of A-Za-z0-9-.': 'JT/T 808 必传：4～11 个字符，可含 A-Za-z0-9-。',
  'JT/T 808, required: 4 to 30 characters of A-Za-z0-9-.': 'JT/T 808 必传：4～30 个字符，可含 A-Za-z0-9-。',
  'The device is named Manufacturer_DeviceModel_DeviceId.': '设备名称为 Manufacturer_DeviceModel_DeviceId。',
  'SL 651, not required: the same.': 'SL 651 选传，规则相同。',
  'GB/T 32960, required, the vehicle identification number: 4 to 17 characters of A-Za-z0-9.':
    'GB/T 32960 必传，车辆识别代号：4～17 个字符，可含 A-Za-z0-9。',
  'SL 651, required, the address of the station: 10 characters of 0-9.':
    'SL 651 必传，遥测站地址：10 位数字。',
  'SL 651, required, the password of the station: 1 to 32 characters of A-Za-z0-9-_@.:.':
    'SL 651 必传，遥测站密码：1～32 个字符，可含 A-Za-z0-9-_@.:。',
  'Other protocols: drawn when not given.': '其他协议不传时随机生成。',
  'The ID of a device; the devices may be of several products.': '设备 ID；设备可属于不同产品。',
  'The ID of the device.': '设备 ID。',
  'How many devices to register, 10,000 at the most.': '要注册的设备数量，最多 10,000。',
  'The ApplyId that BatchCheckDeviceNames answered.': 'BatchCheckDeviceNames 返回的 ApplyId。',
  'The ApplyId that BatchCheckDeviceNames or BatchRegisterDevice answered.':
    'BatchCheckDeviceNames 或 BatchRegisterDevice 返回的 ApplyId。',
  'The ApplyId that the import answered.': '导入时返回的 ApplyId。',
  'The ApplyId that BatchRegisterDevice or BatchRegisterDeviceWithApplyId answered.':
    'BatchRegisterDevice 或 BatchRegisterDeviceWithApplyId 返回的 ApplyId。',
  'The ApplyId that the import or the registration answered.': '导入或注册时返回的 ApplyId。',
  'The RAM user whose key it is to be; left out, it is the account’s own.':
    '密钥所属的 RAM 用户；不传则属于主账号。',
  'The name of the group, unique in the instance: 4 to 30 letters, digits and _ (Chinese, Japanese and Korean characters count as two).':
    '分组名称，在实例下唯一：4～30 个字符，可含字母、数字和 _（中日韩文字一个算两个字符）。',
  'Up to 100 characters.': '最多 100 个字符。',
  'Up to 100 characters; left out, the group has no description any more.':
    '最多 100 个字符；不传则清除分组描述。',
  'Up to 100 characters; when it is left out, the old one stays.': '最多 100 个字符；不传则保留原有描述。',
  'The name of the product, unique in the instance: 4 to 30 letters, digits and - _ @ ( ), Chinese, Japanese and Korean characters counted as two.':
    '产品名称，在实例下唯一：4～30 个字符，可含字母、数字和 - _ @ ( )，中日韩文字一个算两个字符。',
  '0 for a device, 1 for a gateway.': '0 为设备，1 为网关。',
  '0 for custom data, 1 for Alink JSON.': '0 为透传/自定义，1 为 Alink JSON。',
  'iothub_senior or iothub.': 'iothub_senior 或 iothub。',
  'ID2 authentication, which Rollcall does not offer.': 'ID² 认证，Rollcall 不支持。',
  'The protocol of a gateway’s devices, such as modbus; kept as it is. jt808, gb32960 and sl651 say what BatchImportVehicleDevice asks.':
    '网关下设备的接入协议，例如 modbus，原样保存。jt808、gb32960 和 sl651 决定 BatchImportVehicleDevice 的校验规则。',
  'The network: WIFI, CELLULAR, ETHERNET, OTHER.': '连网方式：WIFI、CELLULAR、ETHERNET、OTHER。',
  'A LoRaWAN permission; taken and not used.': 'LoRaWAN 入网凭证；接受但不使用。',
  'Taken and not used: an account has one resource group.': '接受但不使用：一个账号只有一个资源组。',
  'How devices authenticate: secret, x509, one-party.': '设备认证方式：secret、x509、one-party。',
  'The category of a standard product; kept as it is.': '标准品类；原样保存。',
  'Taken and not used: there is no thing model to publish.': '接受但不使用：没有可发布的物模型。',
  'How data is checked: 1 weakly, 2 not at all.': '数据校验级别：1 为弱校验，2 为免校验。',
  'The key: 1 to 30 letters, digits and dots (abc is reserved).':
    '标签键：1～30 个字符，可含字母、数字和点（abc 为保留字）。',
  'The value: 1 to 128 letters, digits and _ - . (Chinese, Japanese and Korean characters count as two).':
    '标签值：1～128 个字符，可含字母、数字和 _ - .（中日韩文字一个算两个字符）。',
  'The name of the RAM user, unique in the account: 1 to 64 letters, digits or _ . - @.':
    'RAM 用户名，在账号下唯一：1～64 个字符，可含字母、数字和 _ . - @。',
  'The name of the RAM user.': 'RAM 用户名。',
  'What the user may call: iot: and an action, such as iot:BatchCheckImportDevice or iot:Query*.':
    '用户可调用的操作：iot: 加操作名，例如 iot:BatchCheckImportDevice 或 iot:Query*。',
  'Without any, nothing.': '不传则不能调用任何操作。',
  'True allows everything, what later versions add too; AllowedAction is left out then.':
    'true 表示允许全部操作，包括以后版本新增的；此时不传 AllowedAction。',
  'The AccessKeyId of the access key.': '访问密钥的 AccessKeyId。',
  'The key of the tag.': '标签键。',
  'The key of a tag.': '标签键。',
  'Its value; without it the key is enough.': '标签值；不传则只匹配标签键。',
  'Its value; any one where it is left out, which an older page allows.':
    '标签值；不传则匹配任意值（旧版文档允许）。',
  'Only the batches of this product.': '只查询该产品的批次。',
  'Only batches of this kind: Import, Register, Check.': '只查询此类批次：Import、Register、Check。',
  'Only the batch of this ApplyId; MaxResults and NextToken are not looked at then.':
    '只查询该 ApplyId 的批次，此时忽略 MaxResults 和 NextToken。',
  'Only devices whose names begin with this, capital and small letters told apart.':
    '只查询名称以此开头的设备，区分大小写。',
  'Only groups right below this one.': '只查询该分组的直接子分组。',
  'Only the group of this name; its whole name.': '只查询该名称的分组，须为完整名称。',
  'Only the devices of this product.': '只统计该产品的设备。',
  'Only the devices that are in this group itself.': '只统计该分组自身的设备。',
  'Only products of this kind.': '只查询此类产品。',
  'LINK_PLATFORM, which is the default: Rollcall has static groups only.':
    'LINK_PLATFORM（默认）：Rollcall 只有静态分组。',
  '0 for devices that are not active, 1 online, 3 offline, 8 disabled.':
    '0 为未激活，1 为在线，3 为离线，8 为已禁用。',
  'No device has been online yet.': '目前还没有设备上线过。',
  'The page, counted from 1.': '页码，从 1 开始。',
  'The page, counted from 1, which is the default.': '页码，从 1 开始，默认为 1。',
  'The NextToken of the page before: the page after that is answered.':
    '上一页返回的 NextToken，返回其后一页。',
  'The NextToken of the page before: the page after that is answered, whatever CurrentPage says.':
    '上一页返回的 NextToken，返回其后一页，此时忽略 CurrentPage。',
  'Batches on a page; 50 by default.': '每页批次数，默认 50。',
  'Devices on a page.': '每页设备数。',
  'Devices on a page; 50 by default.': '每页设备数，默认 50。',
  'Devices on a page, 50 at the most; 10 by default.': '每页设备数，最多 50，默认 10。',
  'Devices on a page, 200 at the most; 10 by default.': '每页设备数，最多 200，默认 10。',
  'Groups on a page, 200 at the most; 10 by default.': '每页分组数，最多 200，默认 10。',
  'Products on a page, 200 at the most.': '每页产品数，最多 200。',
  'Products on a page, 50 at the most; 10 by default.': '每页产品数，最多 50，默认 10。',
  'How many calls; 200 by default.': '返回的调用条数，默认 200。',
  'The DevEUI of a LoRaWAN device; answered and not used.': 'LoRaWAN 设备的 DevEUI；原样返回但不使用。',
  'The PIN code of a LoRaWAN device; needed with DevEui unless LoraNodeType is USERDEFINED.':
    'LoRaWAN 设备的 PIN Code；传入 DevEui 时必传，LoraNodeType 为 USERDEFINED 时除外。',
  'The JoinEUI of a LoRaWAN device; needed where LoraNodeType is USERDEFINED.':
    'LoRaWAN 设备的 JoinEUI；LoraNodeType 为 USERDEFINED 时必传。',
  'The AppKey of a LoRaWAN device; needed where LoraNodeType is USERDEFINED.':
    'LoRaWAN 设备的 AppKey；LoraNodeType 为 USERDEFINED 时必传。',
  'ALIYUNDEFINED or USERDEFINED; the former when not given.': 'ALIYUNDEFINED 或 USERDEFINED；不传时为前者。',
  'The tags as a JSON object of 5 KB at the most, such as {"color":"red"}.':
    '标签，JSON 对象，最多 5 KB，例如 {"color":"red"}。',
  'A key: 2 to 32 letters, digits and dots, and not abc.':
    '标签键：2～32 个字符，可含字母、数字和点，不能为 abc。',
  'A value: 1 to 128 letters, digits and - _ . : with Chinese, Japanese and Korean characters counted as two.':
    '标签值：1～128 个字符，可含字母、数字和 - _ . :，中日韩文字一个算两个字符。',
  'A device may have 100.': '一个设备最多 100 个标签。',
  'The operation.': '操作名。',
  'Calls a second; 0 refuses all.': '每秒调用次数；0 表示全部拒绝。',
  'Where it is left out, the declared quota counts again.': '不传则恢复默认限额。',
  'True only tells what would be done.': 'true 表示只返回将执行的内容，不实际执行。',
  'Active or Inactive.': 'Active 或 Inactive。',
}
