package dev.serai.processors.service;

import dev.serai.processors.support.JsonReply;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reports the version of a vendor's API that the gateway offers: some clients refuse to work
 * without it. Thread-safe.
 */
public final class ReportVersion implements Processor {
  private final byte[] version;

  /**
   * @param version the reply's JSON, as the vendor's clients read it
   */
  public ReportVersion(byte[] version) {
    this.version = version.clone();
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(JsonReply.of(version));
  }
}
