package dev.serai.gateway.edge;

import dev.serai.core.time.Ticker;
import dev.serai.gateway.telemetry.RequestMeters;
import java.time.InstantSource;

/**
 * The clocks and meters of the edge.
 *
 * @param ticker for deadlines and durations
 * @param clock for the Date field of replies
 * @param meters record how long each request took
 */
public record EdgeInstruments(Ticker ticker, InstantSource clock, RequestMeters meters) {}
