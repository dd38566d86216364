package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static dev.serai.gateway.edge.EdgeUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.InboundRequest;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The head of an HTTP/2 request is read and refused as one of HTTP/1.1. */
class EdgeHttp2HeadTest {
  private EdgeUnderTest edge;
  private Http2Client client;

  @BeforeEach
  void serve() throws Exception {
    edge =
        EdgeUnderTest.small()
            .route("/page", "", says("page"))
            .route("/fields", "", EdgeHttp2HeadTest::fields)
            .start();
    client = new Http2Client(edge.port());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    eventually("nothing is left", () -> edge.component().load().connections() == 0);
    edge.close();
  }

  private static void fields(Exchange exchange) {
    StringBuilder all = new StringBuilder();
    InboundRequest request = exchange.getMessage().getBody(InboundRequest.class);
    all.append(request.method()).append(' ').append(request.path()).append('\n');
    request.headers().forEach((name, value) -> all.append(name + "=" + value + "\n"));
    exchange.getMessage().setBody(text(all.toString()));
  }

  @Test
  void aHeadOverTheLimitsGets414Or431() throws Exception {
    Http2Client.Call path = client.get("/page?" + "p".repeat(2100));
    assertThat(path.status()).isEqualTo(414);
    assertThat(path.body()).contains("uri_too_long");
    Http2Client.Call fields = client.get("/page", "x-long: " + "f".repeat(8200));
    assertThat(fields.status()).isEqualTo(431);
    assertThat(fields.body()).contains("headers_too_large");
    Http2Client.Call decoded = client.get("/page", "x-long: " + "f".repeat(11_000));
    assertThat(decoded.status()).isEqualTo(431);
    assertThat(decoded.body()).contains("headers_too_large");
    String[] many = new String[300];
    for (int i = 0; i < many.length; i++) {
      many[i] = "x-" + i + ": v";
    }
    assertThat(client.get("/page", many).status()).as("too many fields").isEqualTo(431);
    assertThat(client.get("/page").body()).isEqualTo("page");
  }

  @Test
  void aRouteSeesARequestAsOneOfHttp1() throws Exception {
    Http2Client.Call call =
        client.get("/fields?a=b", "cookie: a=1", "te: trailers", "x-own: v", "cookie: b=2");
    assertThat(call.body())
        .isEqualTo("GET /fields\nhost=127.0.0.1\nte=trailers\nx-own=v\ncookie=a=1; b=2\n");
  }

  @Test
  void headsThatAProxyCouldReadDifferentlyAreRefused() throws Exception {
    for (String field :
        List.of(
            "connection: close",
            "transfer-encoding: chunked",
            "upgrade: websocket",
            "keep-alive: 5",
            "proxy-connection: close",
            "te: gzip",
            "host: other.example",
            "content-length: +5",
            "x-split: a\r\nx-injected: b",
            "x-nul: a\0b",
            "x bad: v",
            "X-UPPER: v")) {
      assertRefused(field, client.get("/fields", field));
    }
    assertRefused("authority", client.send(Http2Client.head("GET", "/fields").authority("a@b")));
    assertRefused("path", client.send(Http2Client.head("GET", "fields")));
    assertRefused("absolute", client.send(Http2Client.head("GET", "http://h/fields")));
    assertRefused("method", client.send(Http2Client.head("GET /x", "/fields")));
    Http2Headers none = Http2Client.head("GET", "/fields");
    none.remove(":authority");
    assertRefused("no authority", client.send(none));
    Http2Headers pathless = Http2Client.head("GET", "/fields");
    pathless.remove(":path");
    assertRefused("no path", client.send(pathless));
    assertThat(client.get("/page").body()).isEqualTo("page");
  }

  private static void assertRefused(String why, Http2Client.Call call) {
    assertThat(call.refusal()).as(why).isIn("400", "PROTOCOL_ERROR");
  }

  @Test
  void aPageOfAnAllowedOriginMayCall() throws Exception {
    Http2Client.Call asks =
        client.send(
            Http2Client.head(
                "OPTIONS",
                "/page",
                "origin: https://app.example",
                "access-control-request-method: POST"));
    assertThat(asks.status()).isEqualTo(204);
    assertThat(asks.field("access-control-allow-origin")).isEqualTo("https://app.example");
    Http2Client.Call call = client.get("/page", "origin: https://app.example");
    assertThat(call.field("access-control-allow-origin")).isEqualTo("https://app.example");
    Http2Client.Call foreign = client.post("/page", "x");
    assertThat(foreign.status()).isEqualTo(200);
  }
}
