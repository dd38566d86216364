/** Settings of logs and traces. */
@NullMarked
package dev.serai.config.telemetry;

import org.jspecify.annotations.NullMarked;
