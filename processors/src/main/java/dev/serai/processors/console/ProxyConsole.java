package dev.serai.processors.console;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the request to the console, which listens on the loopback only, and its answer back, both
 * whole. A page of another site may not ask in the user's name: what carries a foreign Origin is
 * refused. The query is left behind, the console needs none. Thread-safe.
 */
public final class ProxyConsole extends OffLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyConsole.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_ANSWER_BYTES = 32 * 1024 * 1024;

  /** Fields that reach the console; all others are of no concern to it. */
  private static final List<String> PASSED =
      List.of(
          "accept",
          "accept-language",
          "authorization",
          "content-type",
          "cookie",
          "if-modified-since",
          "if-none-match",
          "user-agent",
          "x-requested-with");

  private final Future<URI> console;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  /**
   * @param console where it listens, known once it has started
   */
  public ProxyConsole(Future<URI> console, EventLoops loops) {
    super(loops);
    this.console = console;
  }

  @Override
  protected void work(Exchange exchange) throws InterruptedException {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    refuseOtherSites(request.headers());
    URI address = address();
    try {
      HttpResponse<byte[]> answer =
          client.send(
              toConsole(address, request),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
      exchange.getMessage().setBody(fromConsole(address, answer));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static void refuseOtherSites(Headers headers) {
    Optional<String> origin = headers.first("origin");
    boolean foreign =
        origin.isPresent()
            && headers.first("host").filter(host -> origin.get().endsWith("://" + host)).isEmpty();
    if (foreign) {
      throw new CallerProblem(
          403, "forbidden", "The console is asked by its own pages only.", Optional.empty());
    }
  }

  private URI address() throws InterruptedException {
    try {
      return console.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(e);
    }
  }

  private static HttpRequest toConsole(URI address, InboundRequest request) {
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(address.resolve(request.path()))
            .timeout(PATIENCE)
            .method(
                request.method(),
                request.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()));
    for (String name : PASSED) {
      request.headers().first(name).ifPresent(value -> onward.setHeader(name, value));
    }
    return onward.build();
  }

  private static Reply fromConsole(URI address, HttpResponse<byte[]> answer) {
    HeaderFields headers = new HeaderFields();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) ->
                values.forEach(value -> headers.add(name, local(address, name, value))));
    return new Reply.Complete(answer.statusCode(), headers, answer.body());
  }

  /** A redirect leads to a path of the public address. */
  private static String local(URI address, String name, String value) {
    return name.equalsIgnoreCase("location") && value.startsWith(address.toString())
        ? value.substring(address.toString().length())
        : value;
  }

  private static CapacityProblem unavailable(Exception cause) {
    LOG.warn("the console does not answer", cause);
    return new CapacityProblem(
        "console_unavailable", "The console does not answer now.", Duration.ofSeconds(2));
  }
}
