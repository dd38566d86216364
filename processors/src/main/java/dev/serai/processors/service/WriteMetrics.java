package dev.serai.processors.service;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;

/**
 * Writes the metrics in the Prometheus text format, compressed if the client accepts gzip. Reads
 * every meter, so it runs off the event loop.
 */
public final class WriteMetrics extends OffLoop {
  private final Supplier<byte[]> scrape;

  public WriteMetrics(Supplier<byte[]> scrape, EventLoops loops) {
    super(loops);
    this.scrape = scrape;
  }

  @Override
  protected void work(Exchange exchange) throws IOException {
    HeaderFields fields =
        new HeaderFields()
            .add("content-type", "text/plain; version=0.0.4; charset=utf-8")
            .add("vary", "accept-encoding");
    byte[] page = scrape.get();
    if (acceptsGzip(Calls.body(exchange, InboundRequest.class).headers())) {
      fields.add("content-encoding", "gzip");
      page = compressed(page);
    }
    exchange.getMessage().setBody(new Reply.Complete(200, fields, page));
  }

  /** RFC 9110, section 12.5.3; a weight of 0 means that gzip is not accepted. */
  private static boolean acceptsGzip(Headers headers) {
    for (String coding : headers.first("accept-encoding").orElse("").split(",")) {
      String plain = coding.replace(" ", "").toLowerCase(Locale.ROOT);
      if (plain.equals("gzip") || plain.startsWith("gzip;")) {
        return !plain.matches("gzip;q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static byte[] compressed(byte[] page) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(page.length / 8);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(page);
    }
    return compressed.toByteArray();
  }
}
