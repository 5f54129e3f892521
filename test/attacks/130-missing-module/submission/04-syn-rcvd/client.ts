import { help } from './helper.ts';

help();
