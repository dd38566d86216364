package dev.serai.processors.feedback;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallLifecycle.ResponseUse;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides of which calls that a bandit has chosen the model of the response is kept: of those that
 * are drawn to be scored, and of those whose format is checked. Thread-safe.
 */
final class SampleCall implements Processor {
  private final JudgedCalls judged;
  private final ImplicitFeedback implicit;

  SampleCall(JudgedCalls judged, ImplicitFeedback implicit) {
    this.judged = judged;
    this.implicit = implicit;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (judged.draws(call)) {
      call.lifecycle().keepResponse(ResponseUse.SCORE);
    }
    if (implicit.checksFormat(call)) {
      call.lifecycle().keepResponse(ResponseUse.FORMAT);
    }
  }
}
