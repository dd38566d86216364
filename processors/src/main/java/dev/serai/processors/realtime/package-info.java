/** The steps of {@code routes/realtime.camel.yaml}: realtime sessions, over a WebSocket. */
@NullMarked
package dev.serai.processors.realtime;

import org.jspecify.annotations.NullMarked;
