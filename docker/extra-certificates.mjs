// Prints, as PEM, the certificates that this machine's npm trusts (`npm config get cafile`, NODE_EXTRA_CA_CERTS) beyond those of every
// Node and every Debian: those of a network that looks into its own traffic, which the packages of an image must come through too.
// Prints nothing elsewhere. Runs on any Node since 18.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const DEBIAN = '/usr/share/ca-certificates';

const common = new Set([...rootCertificates, ...filesBelow(DEBIAN).flatMap(certificatesIn)].map(fingerprint));
const extra = new Map();
for (const file of [npmSays('cafile'), process.env.NODE_EXTRA_CA_CERTS ?? '']) {
  for (const pem of certificatesIn(file)) if (!common.has(fingerprint(pem))) extra.set(fingerprint(pem), pem);
}
for (const pem of extra.values()) console.log(pem);

function npmSays(name) {
  const value = execFileSync('npm', ['config', 'get', name], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  return value === 'null' || value === 'undefined' ? '' : value;
}

function certificatesIn(file) {
  try {
    return readFileSync(file, 'utf8').match(PEM) ?? [];
  } catch {
    return [];
  }
}

function filesBelow(folder) {
  try {
    return readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

function fingerprint(pem) {
  return new X509Certificate(pem).fingerprint256;
}
