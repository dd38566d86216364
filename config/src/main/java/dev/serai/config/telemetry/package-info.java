/** Settings of logs and traces. The writers are in {@code gateway/telemetry}. */
@NullMarked
package dev.serai.config.telemetry;

import org.jspecify.annotations.NullMarked;
