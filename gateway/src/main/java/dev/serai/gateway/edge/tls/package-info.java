/** TLS on the public port. */
@NullMarked
package dev.serai.gateway.edge.tls;

import org.jspecify.annotations.NullMarked;
