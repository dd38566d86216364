/** Meters of calls, requests, providers and the JVM, and the page that Prometheus reads. */
@NullMarked
package dev.serai.gateway.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
