/**
 * Meters of calls, requests, providers and the JVM, and the page that Prometheus reads. What a call
 * costs is computed by the catalogue.
 */
@NullMarked
package dev.serai.gateway.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
