package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.LogLines;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route with a path of its own is reloaded like one that others call. */
class HttpRouteReloadTest {
  private static final String ROUTE =
      """
      - route:
          id: hello
          from:
            uri: netty-http:http://{{server.host}}:{{server.port}}/hello
            parameters:
              httpMethodRestrict: GET
            steps:
              - process:
                  ref: $
      """;

  @TempDir Path home;
  private final HttpClient client = HttpClient.newHttpClient();
  private RoutesUnderTest routes;

  @BeforeEach
  void start() throws Exception {
    routes = new RoutesUnderTest(home);
    routes.fixed("other.camel.yaml", ROUTE.replace("hello", "other").replace("$", "reply"));
    routes.write("hello.camel.yaml", ROUTE.replace("$", "reply"));
    routes.poll();
    routes.edge.serve();
  }

  @AfterEach
  void stop() {
    routes.close();
    client.shutdownNow();
  }

  @Test
  void anEditedFileServesItsPathAnew() throws Exception {
    for (String step : new String[] {"reply", "reply-other", "reply"}) {
      routes.write("hello.camel.yaml", ROUTE.replace("$", step));
      routes.poll();
      assertThat(routes.refusals()).isEmpty();
      assertThat(call().get(10, TimeUnit.SECONDS).body()).isEqualTo(step);
    }
    routes.poll();
    routes.poll();
    assertThat(call().get(10, TimeUnit.SECONDS).body()).isEqualTo("reply");
    assertThat(routes.routes()).isEqualTo(2);
  }

  @Test
  void aRemovedFileServesItsPathNoMore() throws Exception {
    Files.delete(routes.folder.resolve("hello.camel.yaml"));
    routes.poll();

    assertThat(call().get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "netty-http:http://0.0.0.0:$/hello",
        "netty-http:http://127.0.0.1:0/hello",
        "netty-http:http:{{server.host}}:9/hello",
        "netty-http:{{server.host}}:{{server.port}}/hello",
        "netty-http",
        "websocket-netty:ws://{{server.host}}:8080/hello"
      })
  void aRouteThatWouldOpenAnotherPortIsRefusedAndTheGatewaysStaysOpen(String uri) throws Exception {
    String own = ROUTE.replace("$", "reply");
    String other = "netty-http:http://{{server.host}}:{{server.port}}/hello";
    routes.write("hello.camel.yaml", own.replace(other, uri.replace("$", "0")));
    routes.poll();

    assertThat(routes.refusals())
        .singleElement()
        .asString()
        .contains(
            "hello.camel.yaml:4: a route of its own listens at {{server.host}}:{{server.port}}")
        .contains("://{{server.host}}:{{server.port}}/PATH");
    assertThat(call().get(10, TimeUnit.SECONDS).body()).isEqualTo("reply");

    Files.delete(routes.folder.resolve("hello.camel.yaml"));
    routes.poll();
    assertThat(call().get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
  }

  /** It is not in the text of the file. */
  @Test
  void aPortThatAStepWouldOpenStaysClosed() throws Exception {
    String step = "pollEnrich:\n            timeout: 1\n            constant: ";
    String[] parts = ROUTE.split("process:", 2);
    routes.write("hello.camel.yaml", parts[0] + step + "netty-http:http://127.0.0.1:1/x\n");
    routes.poll();

    assertThat(routes.refusals()).isEmpty();
    assertThat(call().get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(500);
    assertThat(routes.routes()).isEqualTo(2);
  }

  @Test
  void whatANewAChangedAndARemovedFileServesIsInTheLog() {
    String more = ROUTE.replace("hello", "more").replace("$", "reply");
    String direct = RoutesUnderTest.route("x", "text");
    List<String> logged =
        LogLines.of(
            RouteFolders.class,
            () -> {
              routes.write("more.camel.yaml", more + direct);
              routes.poll();
              routes.write("more.camel.yaml", more + direct.replace("text", "other"));
              routes.poll();
              assertThat(routes.folder.resolve("more.camel.yaml").toFile().delete()).isTrue();
              routes.poll();
            });

    String file = "INFO " + routes.folder.resolve("more.camel.yaml");
    assertThat(logged)
        .containsExactly(
            file + ": is new, serves [adapter-x, more]",
            file + ": changed, now serves [adapter-x, more]",
            file + ": removed, no longer serves [adapter-x, more]");
  }

  private CompletableFuture<HttpResponse<String>> call() {
    URI uri = URI.create("http://127.0.0.1:" + routes.edge.port() + "/hello");
    return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
