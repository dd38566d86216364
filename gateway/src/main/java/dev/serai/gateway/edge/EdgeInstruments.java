package dev.serai.gateway.edge;

import dev.serai.core.caller.Authenticator;
import dev.serai.core.limit.ByteBudget;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.telemetry.RequestMeters;
import java.time.InstantSource;

/**
 * What the edge shares with the rest of the gateway.
 *
 * @param ticker for deadlines and durations
 * @param clock for the Date field of replies
 * @param meters record how long each request took
 * @param memory counts the bytes of requests and replies that are held
 * @param callers says whose credential a request has
 */
public record EdgeInstruments(
    Ticker ticker,
    InstantSource clock,
    RequestMeters meters,
    ByteBudget memory,
    Authenticator callers) {}
