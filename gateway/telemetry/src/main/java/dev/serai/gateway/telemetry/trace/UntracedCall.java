package dev.serai.gateway.telemetry.trace;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallTrace;
import dev.serai.core.http.HeaderFields;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A call that is not traced: only its {@code traceparent} is sent, with the sampled flag cleared.
 */
record UntracedCall(Optional<Traceparent> parent, LongSupplier randomness) implements CallTrace {
  @Override
  public Optional<String> traceId() {
    return Optional.empty();
  }

  @Override
  public void attemptBegan(Call call) {}

  @Override
  public void propagate(Call call, HeaderFields headers) {
    headers.add(
        Traceparent.NAME, parent.map(Traceparent::notSampled).orElseGet(this::create).text());
  }

  @Override
  public void ended(Call call) {}

  private Traceparent create() {
    return Traceparent.unsampled(
        randomness.getAsLong(), randomness.getAsLong(), randomness.getAsLong());
  }
}
