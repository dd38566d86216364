/** What the gateway counts, and how Prometheus reads it. */
@NullMarked
package dev.serai.gateway.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
