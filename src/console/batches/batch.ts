import type { AnswerOf } from '../../client/outcome.ts'
export const kinds = ['Import', 'Register', 'Check'] as const
export type Kind = (typeof kinds)[number]

/** A batch or checked list in the answer of ListDeviceBatches. */
export type Batch = AnswerOf<'ListDeviceBatches'>['Data']['Batch'][number]

/** Returns the parameter IotInstanceId, if the instance has an ID. */
export const inInstance = (instance: string): { readonly IotInstanceId?: string } =>
  instance === '' ? {} : { IotInstanceId: instance }
