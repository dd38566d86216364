package dev.serai.gateway.edge;

import dev.serai.core.audit.AuditLog;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Authenticators;
import dev.serai.core.http.Headers;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.tls.TlsPort;
import dev.serai.gateway.telemetry.RequestMeters;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the instruments of an edge under test, which knows no callers and no limits by default. */
public final class TestInstruments {
  private InstantSource clock = InstantSource.system();
  private RequestMeters meters = RequestMeters.NONE;
  private ByteLimit memory = ByteLimit.unlimited();
  private Authenticator callers = new Authenticators(List.of());
  private RequestBody.Forms forms = RequestBody.Forms.NONE;
  private Consumer<Headers> requestLoops = _ -> {};
  private Optional<AuditLog> audit = Optional.empty();
  private Optional<TlsPort> tls = Optional.empty();

  TestInstruments clock(InstantSource other) {
    clock = other;
    return this;
  }

  TestInstruments meters(RequestMeters other) {
    meters = other;
    return this;
  }

  TestInstruments memory(ByteLimit other) {
    memory = other;
    return this;
  }

  TestInstruments callers(Authenticator other) {
    callers = other;
    return this;
  }

  TestInstruments forms(RequestBody.Forms other) {
    forms = other;
    return this;
  }

  TestInstruments requestLoops(Consumer<Headers> other) {
    requestLoops = other;
    return this;
  }

  TestInstruments audit(AuditLog other) {
    audit = Optional.of(other);
    return this;
  }

  TestInstruments tls(TlsPort other) {
    tls = Optional.of(other);
    return this;
  }

  public EdgeInstruments make() {
    return new EdgeInstruments(
        Ticker.SYSTEM,
        clock,
        meters,
        memory,
        callers,
        forms,
        requestLoops,
        audit,
        tls,
        Optional.empty());
  }
}
