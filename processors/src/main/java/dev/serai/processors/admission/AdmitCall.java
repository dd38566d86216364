package dev.serai.processors.admission;

import dev.serai.core.call.Call;
import dev.serai.core.limit.Admission;
import dev.serai.core.limit.Limit;
import dev.serai.processors.support.Calls;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Asks every limit in order whether the call may be made. The call owns what it takes from them and
 * settles it when it ends, also if a later limit refuses. Thread-safe.
 */
public final class AdmitCall implements Processor {
  private final List<Limit> limits;
  private final Consumer<Call> admitted;

  /**
   * @param limits called in order; the first that refuses ends the call
   * @param admitted receives every call that is admitted, on its event loop
   */
  public AdmitCall(List<Limit> limits, Consumer<Call> admitted) {
    this.limits = List.copyOf(limits);
    this.admitted = admitted;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    for (Limit limit : limits) {
      switch (limit.admit(call.caller(), call.request())) {
        case Admission.Admitted(var hold) -> call.hold(hold);
        case Admission.Refused(var problem) -> throw problem;
      }
    }
    admitted.accept(call);
  }
}
