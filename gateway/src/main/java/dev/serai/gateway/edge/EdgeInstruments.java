package dev.serai.gateway.edge;

import dev.serai.core.audit.AuditLog;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.http.Headers;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.login.LoginSite;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.tls.TlsPort;
import dev.serai.gateway.telemetry.RequestMeters;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the edge shares with the rest of the gateway.
 *
 * @param ticker for deadlines and durations
 * @param clock for the Date field of replies
 * @param meters record how long each request took
 * @param memory counts the bytes of requests and replies that are held
 * @param callers says whose credential a request has
 * @param forms which forms are forwarded while they arrive
 * @param requestLoops refuses a request that names this gateway among those that it has passed, by
 *     throwing a problem
 * @param audit records requests that manage the gateway; empty if nothing is recorded
 * @param tls TLS on the port
 * @param site where browsers log in; empty without a login
 */
public record EdgeInstruments(
    Ticker ticker,
    InstantSource clock,
    RequestMeters meters,
    ByteLimit memory,
    Authenticator callers,
    RequestBody.Forms forms,
    Consumer<Headers> requestLoops,
    Optional<AuditLog> audit,
    Optional<TlsPort> tls,
    Optional<LoginSite> site) {}
