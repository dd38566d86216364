package dev.serai.processors.service;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.PageFields;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * Serves a file of the API documentation page, to which the root leads. Files are read on each
 * request, off the event loop. Thread-safe.
 */
public final class ServePage extends OffLoop {
  /**
   * A file to serve.
   *
   * @param contentType with its charset
   * @param content reads the file; may block
   */
  public record Page(String contentType, Supplier<byte[]> content) {}

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Map<String, Page> pages;

  /**
   * @param pages by path
   */
  public ServePage(Map<String, Page> pages, EventLoops loops) {
    super(loops);
    this.pages = Map.copyOf(pages);
  }

  @Override
  protected void work(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    if (path.equals("/")) {
      HeaderFields there = new HeaderFields().add("location", "/docs");
      exchange.getMessage().setBody(new Reply.Complete(302, there, new byte[0]));
      return;
    }
    Page page =
        Optional.ofNullable(pages.get(path))
            .orElseThrow(
                () ->
                    new CallerProblem(404, "not_found", "No page at this path.", Optional.empty()));
    HeaderFields headers =
        new HeaderFields()
            .add("content-type", page.contentType())
            .add("content-security-policy", POLICY);
    exchange
        .getMessage()
        .setBody(new Reply.Complete(200, PageFields.addTo(headers), page.content().get()));
  }
}
