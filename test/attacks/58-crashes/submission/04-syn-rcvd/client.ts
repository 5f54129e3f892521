import koffi from 'koffi';

koffi.load(null).func('size_t strlen(void *)')(1n);
