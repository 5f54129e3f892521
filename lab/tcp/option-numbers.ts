/** The number of each option on the wire (IANA registry "TCP Option Kind Numbers"). */
export const OPTION_NUMBERS = {
  end: 0,
  nop: 1,
  mss: 2,
  'window-scale': 3,
  'sack-permitted': 4,
  sack: 5,
  timestamps: 8,
  'fast-open': 34,
} as const;
