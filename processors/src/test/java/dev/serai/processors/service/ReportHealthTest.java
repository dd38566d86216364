package dev.serai.processors.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ReportHealthTest {
  private boolean alive = true;
  private boolean ready = true;
  private List<String> unavailable = List.of();
  private List<String> failing = List.of();

  @Test
  void readinessNamesTheThreadsThatFail() {
    assertThat(reply("/health/ready")).isEqualTo("200 {\"status\":\"ready\"}");

    failing = List.of("model-lists");
    assertThat(reply("/health/ready"))
        .isEqualTo("200 {\"status\":\"ready\",\"failing\":[\"model-lists\"]}");

    failing = List.of("ledger", "model-lists");
    ready = false;
    assertThat(reply("/health/ready"))
        .isEqualTo("503 {\"status\":\"not ready\",\"failing\":[\"ledger\",\"model-lists\"]}");
    assertThat(reply("/health/live")).isEqualTo("200 {\"status\":\"alive\"}");
    assertThat(reply("/healthz")).isEqualTo("200 ok");
  }

  @Test
  void aProcessThatOnlyARestartHelpsIsNotAlive() {
    alive = false;
    failing = List.of("edge-loop-2");
    assertThat(reply("/health/live"))
        .isEqualTo("503 {\"status\":\"not alive\",\"failing\":[\"edge-loop-2\"]}");
    assertThat(reply("/healthz")).isEqualTo("503 not alive");
  }

  @Test
  void aServerThatIsUnavailableIsNamedAndTheGatewayStaysReady() {
    unavailable = List.of("database");
    assertThat(reply("/health/ready"))
        .isEqualTo("200 {\"status\":\"ready\",\"database\":\"unavailable\"}");
    unavailable = List.of("redis");
    assertThat(reply("/health/ready"))
        .isEqualTo("200 {\"status\":\"ready\",\"redis\":\"unavailable\"}");
  }

  private String reply(String path) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange
        .getMessage()
        .setBody(new InboundRequest("GET", path, "", new HeaderFields(), new byte[0]));
    new ReportHealth(() -> alive, () -> ready, () -> unavailable, () -> failing).process(exchange);
    Reply.Complete reply = exchange.getMessage().getBody(Reply.Complete.class);
    return reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8);
  }
}
