package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A route of the operator's own with a path replies with whatever its last step leaves. */
class OwnRouteTest {
  private static final String ROUTE =
      """
      - route:
          id: own
          from:
            uri: netty-http:http://{{server.host}}:{{server.port}}/own
            steps:
      """;

  @TempDir Path home;
  private final HttpClient client = HttpClient.newHttpClient();
  private RoutesUnderTest routes;

  @BeforeEach
  void start() throws Exception {
    routes = new RoutesUnderTest(home);
    routes.edge.serve();
  }

  @AfterEach
  void stop() {
    routes.close();
    client.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {constant: {expression: "caf\\u00e9"}}                           | text/plain; charset=utf-8 | caf\u00e9
          {constant: {expression: 42, resultType: int}}                    | text/plain; charset=utf-8 | 42
          {constant: {expression: true, resultType: boolean}}              | text/plain; charset=utf-8 | true
          {constant: {expression: "bytes", resultType: "byte[]"}}          | application/octet-stream  | bytes
          {constant: {expression: "read", resultType: java.io.InputStream}} | application/octet-stream | read
          {simple: {expression: "${exchangeProperty.map}"}}                | application/json | {"a":[1,"x",null,true,{"b":2.5}]}
          """)
  void theBodyIsTheReply(String body, String type, String text) throws Exception {
    serve("    - process: {ref: own-map}", "    - setBody: " + body);
    HttpResponse<String> reply = call();
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("content-type")).contains(type);
    assertThat(reply.body()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - setBody: {simple: {expression: "It says: ${body}"}} | It says: {"a":"caf\u00e9"}
          - setBody: {simple: {expression: "${bodyAs(String)}"}} | {"a":"caf\u00e9"}
          - convertBodyTo: {type: java.io.InputStream}          | {"a":"caf\u00e9"}
          - convertBodyTo: {type: "byte[]"}                     | {"a":"caf\u00e9"}
          """)
  void itsStepsReadWhatTheClientSent(String step, String text) throws Exception {
    serve("    " + step);
    HttpRequest request =
        HttpRequest.newBuilder(address())
            .POST(HttpRequest.BodyPublishers.ofString("{\"a\":\"caf\u00e9\"}"))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo(text);
  }

  @Test
  void aFileIsTheReplyToo() throws Exception {
    Path folder = Files.createDirectory(home.resolve("pages"));
    Files.writeString(folder.resolve("page.html"), "<p>page</p>");
    serve(
        "    - pollEnrich: {timeout: 10000, constant: {expression: \"file:"
            + folder
            + "?noop=true&idempotent=false\"}}",
        "    - setHeader: {name: Content-Type, constant: {expression: text/html}}",
        "    - setHeader: {name: CamelHttpResponseCode, constant: {expression: 203}}");
    HttpResponse<String> reply = call();
    assertThat(reply.statusCode()).isEqualTo(203);
    assertThat(reply.headers().firstValue("content-type")).contains("text/html");
    assertThat(reply.body()).isEqualTo("<p>page</p>");
  }

  /** Otherwise the client would get its own request, or nothing, as if all were well. */
  @ParameterizedTest
  @ValueSource(strings = {"    - log: {message: nothing}", "    - process: {ref: own-nothing}"})
  void aRouteThatRepliesNothingIs500(String step) throws Exception {
    serve(step);
    assertThat(call().statusCode()).isEqualTo(500);
  }

  private void serve(String... steps) throws Exception {
    StringBuilder route = new StringBuilder(ROUTE);
    for (String step : steps) {
      route.append("        ").append(step).append('\n');
    }
    routes.write("own.camel.yaml", route.toString());
    routes.poll();
    assertThat(routes.refusals()).isEmpty();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + routes.edge.port() + "/own");
  }

  private HttpResponse<String> call() throws Exception {
    return client.send(HttpRequest.newBuilder(address()).build(), BodyHandlers.ofString());
  }
}
