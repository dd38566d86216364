/** Health probes: requests that the gateway sends to models to learn whether they respond. */
@NullMarked
package dev.serai.gateway.probes;

import org.jspecify.annotations.NullMarked;
