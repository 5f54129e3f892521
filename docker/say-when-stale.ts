// say-when-stale.ts CHECKOUT: says on stderr when the checkout is not the one that this image was built of.
import { checkoutDigest, imageDigest } from '../lab/host/docker/digest.ts';

if (checkoutDigest(process.argv[2]) !== imageDigest()) {
  console.error(
    'tcplab: the clone has changed since this image was built, and the image is what runs: docker compose build',
  );
}
