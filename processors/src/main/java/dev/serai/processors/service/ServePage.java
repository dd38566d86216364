package dev.serai.processors.service;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Serves the files of the documentation page from memory. Thread-safe. */
public final class ServePage implements Processor {
  /**
   * A file to serve.
   *
   * @param contentType with its charset
   */
  public record Page(String contentType, byte[] bytes) {}

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  private final Map<String, Page> pages;

  /**
   * @param pages by path
   */
  public ServePage(Map<String, Page> pages) {
    this.pages = Map.copyOf(pages);
  }

  @Override
  public void process(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    Page page =
        Optional.ofNullable(pages.get(path))
            .orElseThrow(
                () ->
                    new CallerProblem(404, "not_found", "No page at this path.", Optional.empty()));
    HeaderFields headers =
        new HeaderFields()
            .add("content-type", page.contentType())
            .add("content-security-policy", POLICY)
            .add("x-content-type-options", "nosniff");
    exchange.getMessage().setBody(new Reply.Complete(200, headers, page.bytes()));
  }
}
