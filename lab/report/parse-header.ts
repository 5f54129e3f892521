import type { Fields } from '../observe/fields.ts';
import type { HostHeader, TimelineHeader, TraceHeader } from '../observe/timeline.ts';

const TIMELINE_SCHEMA = 'tcplab/timeline/1';

/** The header in the first line of a saved timeline. @throws FieldError */
export function parseHeader(fields: Fields): TimelineHeader {
  return {
    schema: fields.oneOf('schema', [TIMELINE_SCHEMA]),
    startedAt: fields.text('startedAt'),
    startedAtNs: String(fields.nanoseconds('startedAtNs')),
    kernel: fields.text('kernel'),
    hosts: fields.list('hosts', parseHost),
    knobs: fields.dictionary('knobs'),
    ...(fields.has('trace') ? { trace: parseTrace(fields.object('trace')) } : {}),
  };
}

function parseHost(fields: Fields): HostHeader {
  return {
    name: fields.text('name'),
    addresses: fields.texts('addresses'),
    ...(fields.has('knobs') ? { knobs: fields.dictionary('knobs') } : {}),
  };
}

function parseTrace(fields: Fields): TraceHeader {
  return {
    leftOut: fields.count('leftOut'),
    lost: fields.count('lost'),
    mistaken: fields.count('mistaken'),
  };
}
