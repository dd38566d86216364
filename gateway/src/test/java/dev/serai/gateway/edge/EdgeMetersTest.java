package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.gateway.telemetry.RequestMeters;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics of each request, and the Date of each reply. */
class EdgeMetersTest {
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final ScriptedStream stream = new ScriptedStream();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    RequestMeters meters =
        route ->
            (method, status, nanos) ->
                seen.add(method + " " + route + " " + status + (nanos > 0 ? "" : " no time"));
    edge =
        new EdgeUnderTest(EdgeUnderTest.SMALL, meters)
            .route("/ok", "", says("ok"))
            .route("/things/{id}", "", says("thing"))
            .route(
                "/stream",
                "",
                e -> e.getMessage().setBody(new Reply.Streaming(200, new HeaderFields(), stream)))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void aRequestIsReportedByItsRouteAndNeverByItsPath() throws Exception {
    try (RawClient client = edge.connect()) {
      client.get("/ok").read();
      client.get("/things/secret").read();
      client.get("/nowhere/secret").read();
      client.post("/ok", "x").read();
    }
    eventually("all are told", () -> seen.size() == 4);
    assertThat(seen)
        .containsExactly("GET /ok 200", "GET /things/{id} 200", "GET  404", "POST /ok 200");
  }

  @Test
  void aMalformedRequestIsReportedOnceToo() throws Exception {
    try (RawClient client = edge.connect()) {
      assertThat(client.send("GET /ok HTTP/1.1\r\n\r\n").read().status()).isEqualTo(400);
    }
    eventually("it is told", () -> seen.size() == 1);
    assertThat(seen.peek()).endsWith(" 400");
  }

  @Test
  void aStreamTakesAsLongAsItFlows() throws Exception {
    try (RawClient client = edge.connect()) {
      client.get("/stream");
      stream.piece("x").batchEnd();
      assertThat(seen).isEmpty();
      stream.end();
      assertThat(client.read().status()).isEqualTo(200);
    }
    eventually("it is told", () -> seen.size() == 1);
    assertThat(seen).containsExactly("GET /stream 200");
  }

  @Test
  void everyReplyHasADate() throws Exception {
    try (RawClient client = edge.connect()) {
      for (String path : new String[] {"/ok", "/nowhere"}) {
        String date = client.get(path).read().header("date").orElseThrow();
        assertThat(date).hasSize(29).endsWith(" GMT");
        ZonedDateTime told = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(told).isBetween(ZonedDateTime.now().minusMinutes(1), ZonedDateTime.now());
      }
    }
  }
}
