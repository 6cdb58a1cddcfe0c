import { devicesOnNodes } from './devices.ts'

devicesOnNodes('PostgreSQL')
