package dev.serai.gateway.telemetry.trace;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallTrace;
import dev.serai.core.http.HeaderFields;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A call that is not recorded: only the provider is told so, that it need not decide anew. */
record UntracedCall(Optional<Traceparent> parent, LongSupplier randomness) implements CallTrace {
  @Override
  public Optional<String> traceId() {
    return Optional.empty();
  }

  @Override
  public void attemptBegan(Call call) {}

  @Override
  public void propagate(HeaderFields headers) {
    headers.add(Traceparent.NAME, parent.map(Traceparent::notSampled).orElseGet(this::made).text());
  }

  @Override
  public void ended(Call call) {}

  private Traceparent made() {
    return Traceparent.unrecorded(
        randomness.getAsLong(), randomness.getAsLong(), randomness.getAsLong());
  }
}
