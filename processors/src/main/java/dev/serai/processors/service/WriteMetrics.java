package dev.serai.processors.service;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * Writes the metrics in the Prometheus text format. Visits every meter, so it leaves the event
 * loop.
 */
public final class WriteMetrics extends OffLoop {
  private final Supplier<byte[]> scrape;

  public WriteMetrics(Supplier<byte[]> scrape, EventLoops loops) {
    super(loops);
    this.scrape = scrape;
  }

  @Override
  protected void work(Exchange exchange) {
    exchange
        .getMessage()
        .setBody(
            new Reply.Complete(
                200,
                new HeaderFields().add("content-type", "text/plain; version=0.0.4; charset=utf-8"),
                scrape.get()));
  }
}
