package dev.serai.processors.admission;

import dev.serai.core.call.Call;
import dev.serai.core.limit.Admission;
import dev.serai.core.limit.Hold;
import dev.serai.core.limit.Limit;
import dev.serai.processors.support.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Asks every limit in order whether the call may be made. The call owns what it takes from them and
 * settles it when it ends. If one refuses, what the call took from those before is given back.
 * Thread-safe.
 */
public final class AdmitCall implements Processor {
  private static final List<Hold> NOTHING = List.of();

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
    List<Hold> taken = NOTHING;
    for (Limit limit : limits) {
      switch (limit.admit(call.caller(), call.request())) {
        case Admission.Admitted(var hold) -> taken = with(taken, hold);
        case Admission.Refused(var problem) -> {
          taken.forEach(Hold::release);
          throw problem;
        }
      }
    }
    for (int i = 0; i < taken.size(); i++) {
      call.hold(taken.get(i));
    }
    admitted.accept(call);
  }

  private static List<Hold> with(List<Hold> taken, Hold hold) {
    if (hold == Hold.NONE) {
      return taken;
    }
    List<Hold> all = taken.isEmpty() ? new ArrayList<>(2) : taken;
    all.add(hold);
    return all;
  }
}
