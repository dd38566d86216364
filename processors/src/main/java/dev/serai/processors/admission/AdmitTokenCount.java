package dev.serai.processors.admission;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Asks every limit whether the tokens of a request may be counted. A count is a request that uses
 * no tokens itself. Thread-safe.
 */
public final class AdmitTokenCount implements Processor {
  private final AdmitCall admit;

  /**
   * @param admit asks limits that count no tokens
   */
  public AdmitTokenCount(AdmitCall admit) {
    this.admit = admit;
  }

  @Override
  public void process(Exchange exchange) {
    admit.process(exchange);
  }
}
