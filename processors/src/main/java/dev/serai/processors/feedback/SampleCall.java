package dev.serai.processors.feedback;

import dev.serai.core.call.Call;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Draws which of the calls that a bandit has chosen the model of are scored. Thread-safe. */
final class SampleCall implements Processor {
  private final JudgedCalls judged;

  SampleCall(JudgedCalls judged) {
    this.judged = judged;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (judged.draws(call)) {
      call.lifecycle().keepResponse();
    }
  }
}
