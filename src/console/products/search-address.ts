import { blank, type DeviceState, type Search, stateNumbers, type Way, ways } from './search.ts'

type Parameters = Readonly<Record<string, string>>

/** Reads a search from the parameters of the address. @param usual the search mode if none is named */
export function searchIn(parameters: Parameters, usual: Way): Search {
  const { find = '', value = '' } = parameters
  const way = ways.find((name) => name === parameters.by) ?? usual
  switch (way) {
    case 'prefix':
      return { way, prefix: find }
    case 'newest':
      return { way }
    case 'name':
      return { way, name: find }
    case 'iotId':
      return { way, iotId: find }
    case 'status':
      return find in stateNumbers ? { way, status: find as DeviceState } : blank(way)
    case 'tag':
      return { way, key: find, value }
    case 'group':
      return { way, groupId: find }
  }
}

/** The parameters of a search; the usual mode is left out. */
export function searchParameters(search: Search, usual: Way): Readonly<Record<string, string | undefined>> {
  const by = search.way === usual ? undefined : search.way
  switch (search.way) {
    case 'prefix':
      return { by, find: search.prefix, value: undefined }
    case 'newest':
      return { by, find: undefined, value: undefined }
    case 'name':
      return { by, find: search.name, value: undefined }
    case 'iotId':
      return { by, find: search.iotId, value: undefined }
    case 'status':
      return { by, find: search.status, value: undefined }
    case 'tag':
      return { by, find: search.key, value: search.value }
    case 'group':
      return { by, find: search.groupId, value: undefined }
  }
}
