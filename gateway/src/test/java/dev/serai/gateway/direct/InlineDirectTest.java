package dev.serai.gateway.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes call each other with the same exchange, and names can be redirected. */
class InlineDirectTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final InlineDirectComponent direct = new InlineDirectComponent();
  private final List<Exchange> seen = new ArrayList<>();
  private final List<UnitOfWork> works = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    camel.getRegistry().bind("direct", direct);
    camel.getRegistry().bind("kamelet", new InlineKameletComponent());
    camel.getRegistry().bind("see", (Processor) this::see);
    direct.setBlock(false);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            routeTemplate("action").templateParameter("word").from("kamelet:source").to("bean:see");
            from("direct:in")
                .to("bean:see")
                .toD("direct:${exchangeProperty.next}", -1)
                .to("bean:see");
            from("direct:acts").to("kamelet:action/one?word=a").to("kamelet:action/two?word=b");
            from("direct:first").setBody(constant("first"));
            from("direct:second").setBody(constant("second"));
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void aKameletReceivesTheCallersExchangeAndUnitOfWork() {
    Exchange exchange = call("acts");

    assertThat(exchange.<Exception>getException()).isNull();
    assertThat(seen).hasSize(4).allSatisfy(e -> assertThat(e).isSameAs(exchange));
    assertThat(works).allSatisfy(work -> assertThat(work).isSameAs(works.getFirst()));
  }

  @Test
  void aNameIsRedirectedUntilTheRedirectIsRemoved() {
    assertThat(call("first").getMessage().getBody()).isEqualTo("first");

    direct.redirect("first", "second");
    assertThat(call("first").getMessage().getBody()).isEqualTo("second");

    direct.removeRedirect("first", "other");
    assertThat(call("first").getMessage().getBody()).isEqualTo("second");

    direct.removeRedirect("first", "second");
    assertThat(call("first").getMessage().getBody()).isEqualTo("first");
  }

  @Test
  void aNameWithoutARouteFailsTheExchangeAtOnce() {
    assertThat(call("nobody").<Exception>getException())
        .hasMessageContaining("no route is running at direct://nobody");
  }

  @Test
  void aStoppedRouteIsNotCalledUntilItRunsAgain() throws Exception {
    String first =
        camel.getRoutes().stream()
            .filter(r -> r.getEndpoint().getEndpointUri().equals("direct://first"))
            .findFirst()
            .orElseThrow()
            .getRouteId();
    camel.getRouteController().stopRoute(first);
    assertThat(call("first").<Exception>getException()).isNotNull();

    camel.getRouteController().startRoute(first);
    assertThat(call("first").<Exception>getException()).isNull();
  }

  private Exchange call(String next) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setProperty("next", next);
    return camel.createProducerTemplate().send("direct:in", exchange);
  }

  private void see(Exchange exchange) {
    seen.add(exchange);
    works.add(exchange.getUnitOfWork());
  }
}
