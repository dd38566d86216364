package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route with a path of its own is reloaded like one that others call. */
class HttpRouteReloadTest {
  private static final String ROUTE =
      """
      - route:
          id: hello
          from:
            uri: netty-http:http://127.0.0.1:0/hello
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

  private CompletableFuture<HttpResponse<String>> call() {
    URI uri = URI.create("http://127.0.0.1:" + routes.edge.port() + "/hello");
    return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
