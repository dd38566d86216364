package dev.serai.processors.console;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.login.LoginSite;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.PageFields;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards the request to the console, which listens on the loopback interface only, and the reply
 * to the client. A request with a foreign Origin is refused, so that pages of other sites cannot
 * act for the user. The query is dropped: the console needs none. Thread-safe.
 */
public final class ProxyConsole extends OffLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyConsole.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_REPLY_BYTES = 32 * 1024 * 1024;

  /** A source of a content security policy that is on another server. */
  private static final Pattern OTHER_SERVER = Pattern.compile(" https?:[^ ;]*");

  /** Header fields that are forwarded to the console. */
  private static final List<String> PASSED =
      List.of(
          "accept",
          "accept-language",
          "authorization",
          "content-type",
          "if-modified-since",
          "if-none-match",
          "user-agent",
          "x-requested-with");

  /** Where the pages of the console ask who is logged in. */
  private static final String CONSOLE_USER = "/hawtio/user";

  /** Where the pages of the console log out. */
  private static final String CONSOLE_LOGOUT = "/hawtio/auth/logout";

  private final Future<URI> console;
  private final Optional<String> login;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(TIMEOUT)
          .build();

  /**
   * @param console the address it listens at, known once it has started
   * @param login the field Authorization that every request to the console gets, if the gateway has
   *     checked who sends it
   */
  public ProxyConsole(Future<URI> console, EventLoops loops, Optional<String> login) {
    super(loops);
    this.console = console;
    this.login = login;
  }

  @Override
  protected void work(Exchange exchange) throws InterruptedException {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    refuseOtherSites(request.headers());
    Optional<Reply> own = login.flatMap(_ -> reply(exchange, request.path()));
    if (own.isPresent()) {
      exchange.getMessage().setBody(own.get());
      return;
    }
    URI address = address();
    try {
      HttpResponse<byte[]> reply =
          client.send(
              toConsole(address, request),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_REPLY_BYTES));
      exchange.getMessage().setBody(fromConsole(address, reply));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /** What the gateway knows better than the console: who is logged in, and how to log out. */
  private static Optional<Reply> reply(Exchange exchange, String path) {
    return switch (path) {
      case CONSOLE_USER -> {
        Caller caller = Calls.caller(exchange);
        String name = caller.user().isEmpty() ? caller.key() : caller.user();
        yield Optional.of(JsonReply.uncached(JsonWriter.quoted(name)));
      }
      case CONSOLE_LOGOUT ->
          Optional.of(
              new Reply.Complete(
                  303, new HeaderFields().add("location", LoginSite.LOGOUT), new byte[0]));
      default -> Optional.empty();
    };
  }

  private static void refuseOtherSites(Headers headers) {
    Optional<String> origin = headers.first("origin");
    boolean foreign =
        origin.isPresent()
            && headers.first("host").filter(host -> origin.get().endsWith("://" + host)).isEmpty();
    if (foreign) {
      throw new CallerProblem(
          403,
          "forbidden",
          "The console accepts requests from its own pages only.",
          Optional.empty());
    }
  }

  private URI address() throws InterruptedException {
    try {
      return console.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(e);
    }
  }

  private HttpRequest toConsole(URI address, InboundRequest request) {
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(address.resolve(request.path()))
            .timeout(TIMEOUT)
            .method(
                request.method(),
                request.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()));
    for (String name : PASSED) {
      request.headers().first(name).ifPresent(value -> onward.setHeader(name, value));
    }
    String cookies = consoleCookies(request.headers());
    if (!cookies.isEmpty()) {
      onward.setHeader("cookie", cookies);
    }
    login.ifPresent(account -> onward.setHeader("authorization", account));
    return onward.build();
  }

  /** Without the cookies of the gateway itself. */
  private static String consoleCookies(Headers request) {
    return LoginSite.cookies(request).stream()
        .filter(cookie -> !LoginSite.isOwn(cookie))
        .collect(Collectors.joining("; "));
  }

  private static Reply fromConsole(URI address, HttpResponse<byte[]> reply) {
    HeaderFields headers = new HeaderFields();
    reply
        .headers()
        .map()
        .forEach(
            (name, values) ->
                values.forEach(value -> headers.add(name, changed(address, name, value))));
    return new Reply.Complete(reply.statusCode(), PageFields.addTo(headers), reply.body());
  }

  /**
   * Makes a redirect relative, so that it leads to the public address, and removes other servers
   * from the content security policy: Hawtio's policy allows one that the code of an editor is
   * loaded from.
   */
  private static String changed(URI address, String name, String value) {
    if (name.equalsIgnoreCase("location") && value.startsWith(address.toString())) {
      return value.substring(address.toString().length());
    }
    return name.equalsIgnoreCase("content-security-policy")
        ? OTHER_SERVER.matcher(value).replaceAll("")
        : value;
  }

  private static CapacityProblem unavailable(Exception cause) {
    LOG.warn("the console did not reply", cause);
    return new CapacityProblem(
        "console_unavailable", "The console is not responding. Try again.", Duration.ofSeconds(2));
  }
}
