/**
 * What the gateway tells of itself: log, metrics, traces. Nothing in here waits on an event loop.
 */
@NullMarked
package dev.serai.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
