package dev.serai.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.edge.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The configuration {@code edge} of {@code routes/chat.camel.yaml} turns failures into replies. */
class EdgeFailureTest {
  private final AtomicInteger settled = new AtomicInteger();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge = EdgeUnderTest.small();
    Processor written = exchange -> exchange.getMessage().setBody(EdgeUnderTest.text("written"));
    Processor settles = exchange -> settled.incrementAndGet();
    edge.context().getRegistry().bind("write-problem", written);
    edge.context().getRegistry().bind("settle-usage", settles);
    Processor none = _ -> {};
    edge.context().getRegistry().bind("report-limits", none);
    PluginHelper.getRoutesLoader(edge.context())
        .loadRoutes(ResourceHelper.fromString("configurations.camel.yaml", configurations()));
    edge.context().addRoutes(routes());
    edge.start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void aFailureOfAnInnerRouteIsAnsweredByTheEdgesConfiguration() throws Exception {
    assertWrittenAndSettled("/outer");
  }

  @Test
  void aFailureOfThePublicRouteIsAnsweredByTheEdgesConfigurationToo() throws Exception {
    assertWrittenAndSettled("/broken");
  }

  private void assertWrittenAndSettled(String path) throws Exception {
    try (RawClient client = edge.connect().get(path)) {
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("written");
    }
    assertThat(settled).hasValue(1);
  }

  /** The end of the file, after its routes, whose steps are not here. */
  private static String configurations() throws IOException {
    Path file =
        Path.of(System.getProperty("serai.checkout", "..")).resolve("routes/chat.camel.yaml");
    String text = Files.readString(file);
    return text.substring(text.indexOf("- routeConfiguration:"));
  }

  private static RouteBuilder routes() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("netty-http:http://127.0.0.1:0/outer").routeConfigurationId("edge").to("direct:inner");
        from("direct:inner").routeConfigurationId("inner").process(EdgeFailureTest::fail);
        from("netty-http:http://127.0.0.1:0/broken")
            .routeConfigurationId("edge")
            .process(EdgeFailureTest::fail);
      }
    };
  }

  private static void fail(Exchange exchange) {
    throw new IllegalStateException(Traps.PASSWORD);
  }
}
