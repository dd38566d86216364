/** Log, metrics and traces of the gateway. Nothing in here blocks an event loop. */
@NullMarked
package dev.serai.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
