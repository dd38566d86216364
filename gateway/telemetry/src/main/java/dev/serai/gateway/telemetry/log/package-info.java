/** The application log, the request log, and the sink that writes both. */
@NullMarked
package dev.serai.gateway.telemetry.log;

import org.jspecify.annotations.NullMarked;
