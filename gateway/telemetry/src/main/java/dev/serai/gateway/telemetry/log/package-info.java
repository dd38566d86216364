/** What the gateway writes down: its own log and one line for every call. */
@NullMarked
package dev.serai.gateway.telemetry.log;

import org.jspecify.annotations.NullMarked;
