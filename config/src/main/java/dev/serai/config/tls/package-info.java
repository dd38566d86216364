/** Settings of TLS on the public port. */
@NullMarked
package dev.serai.config.tls;

import org.jspecify.annotations.NullMarked;
