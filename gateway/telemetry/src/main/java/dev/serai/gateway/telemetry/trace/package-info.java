/** Spans of requests and attempts, sent to an OpenTelemetry receiver. */
@NullMarked
package dev.serai.gateway.telemetry.trace;

import org.jspecify.annotations.NullMarked;
